import Glibc

/// Looks for the end of a head and refuses what llhttp 8.1 lets through: a bare line feed or carriage return
/// (CVE-2023-30589), a folded line (CVE-2024-27982), a field without a name, a request line without a
/// version.
struct HeadScan {
    enum Finding: Equatable {
        case incomplete
        case end(Int)
        case fault(RequestFault)
    }

    /// Where the line begins that is not whole yet: nothing before it is read twice.
    private var lineStart = 0

    /// Looks at no more than `bytesMax` bytes, so that what a client sends at once is judged as what it
    /// drips.
    mutating func advance(over bytes: [UInt8], bytesMax: Int) -> Finding {
        bytes.withUnsafeBytes { bytes in
            let all = UnsafeRawBufferPointer(rebasing: bytes.prefix(bytesMax))
            guard let base = all.baseAddress else { return .incomplete }
            // A method begins every request: a TLS hello is refused at its first byte, not at the deadline.
            if lineStart == 0, let first = all.first, !(65...90).contains(first) { return .fault(.malformed) }
            while lineStart < all.count, let found = memchr(base + lineStart, 10, all.count - lineStart) {
                let feed = UnsafeRawPointer(found) - base
                let line = UnsafeRawBufferPointer(rebasing: all[lineStart...feed])
                guard isWhole(line) else { return .fault(.malformed) }
                if line.count == 2 { return .end(feed + 1) }
                if lineStart == 0, !endsInVersion(line) { return .fault(.malformed) }
                lineStart = feed + 1
            }
            guard bytes.count > bytesMax else { return .incomplete }
            return .fault(lineStart == 0 ? .targetTooLong : .headTooLarge)
        }
    }

    /// One CR LF at its end, no other carriage return, no NUL, and neither a blank nor a colon to begin with.
    private func isWhole(_ line: UnsafeRawBufferPointer) -> Bool {
        guard line.count >= 2, let base = line.baseAddress, line[line.count - 2] == 13 else { return false }
        return memchr(base, 13, line.count - 2) == nil && memchr(base, 0, line.count) == nil
            && line[0] != 32 && line[0] != 9 && line[0] != 58
    }

    private func endsInVersion(_ line: UnsafeRawBufferPointer) -> Bool {
        guard line.count > 11 else { return false }
        let end = line[(line.count - 11)..<(line.count - 2)]
        return end.starts(with: " HTTP/".utf8) && end[end.startIndex + 6].isDigit
            && end[end.startIndex + 7] == 46 && end[end.startIndex + 8].isDigit
    }
}
