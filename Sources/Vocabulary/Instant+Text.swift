extension Instant {
    /// Reads RFC 3339 with an offset (`2027-01-04T09:00:00+05:30`, `…Z`, up to six decimals); nil for
    /// anything else.
    public init?(text: some StringProtocol) {
        var scanner = DigitScanner(text)
        guard let day = scanner.day(), scanner.takes(any: "Tt"),
            let hour = scanner.number(2), hour < 24, scanner.takes(":"),
            let minute = scanner.number(2), minute < 60, scanner.takes(":"),
            let second = scanner.number(2), second < 60,
            let fraction = scanner.fraction(), let offset = scanner.offsetSeconds(), scanner.isAtEnd
        else { return nil }
        let seconds = Int64(day.number) * 86_400 + Int64(hour * 3600 + minute * 60 + second) - Int64(offset)
        self.init(microseconds: seconds * 1_000_000 + Int64(fraction))
        guard Instant.range.contains(self) else { return nil }
    }

    /// RFC 3339 in UTC; decimals appear only when there are any.
    public var text: String {
        String(unsafeUninitializedCapacity: 27) { buffer in write(to: UnsafeMutableRawBufferPointer(buffer)) }
    }

    /// Writes `text` into at least 27 bytes and returns how many it took: the hot path's way, without a
    /// String.
    public func write(to buffer: UnsafeMutableRawBufferPointer) -> Int {
        let day = Day(containingUTC: self)
        let second = Int(seconds - Int64(day.number) * 86_400)
        day.write(to: buffer)
        buffer[10] = UInt8(ascii: "T")
        putTwo(second / 3600, 11, buffer)
        buffer[13] = UInt8(ascii: ":")
        putTwo(second / 60 % 60, 14, buffer)
        buffer[16] = UInt8(ascii: ":")
        putTwo(second % 60, 17, buffer)
        return writeFraction(at: 19, to: buffer)
    }

    private func writeFraction(at start: Int, to buffer: UnsafeMutableRawBufferPointer) -> Int {
        var rest = Int(microseconds - seconds * 1_000_000), place = start
        if rest > 0 {
            buffer[place] = UInt8(ascii: ".")
            place += 1
            var scale = 100_000
            while rest > 0 {
                buffer[place] = UInt8(ascii: "0") + UInt8(rest / scale)
                (rest, scale, place) = (rest % scale, scale / 10, place + 1)
            }
        }
        buffer[place] = UInt8(ascii: "Z")
        return place + 1
    }
}

extension Instant: CustomStringConvertible {
    /// RFC 3339 in UTC.
    public var description: String { text }
}

/// Two decimal digits at a place of the buffer.
func putTwo(_ value: Int, _ place: Int, _ buffer: UnsafeMutableRawBufferPointer) {
    buffer[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / 10)
    buffer[place + 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10)
}
