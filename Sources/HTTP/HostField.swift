/// The grammar of `Host`: a name or address, and perhaps a port. Narrower than the RFC's, which lets a host
/// be anything with percent signs.
enum HostField {
    static func isValid(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
        guard let first = bytes.first, bytes.count <= 262 else { return false }
        if first == 91 {
            guard let end = bytes.firstIndex(of: 93) else { return false }
            let inner = bytes[bytes.index(after: bytes.startIndex)..<end]
            let isAddress = !inner.isEmpty && inner.allSatisfy { $0.hexValue != nil || $0 == 58 || $0 == 46 }
            return isAddress && isPort(bytes[bytes.index(after: end)...])
        }
        let colon = bytes.firstIndex(of: 58) ?? bytes.endIndex
        let name = bytes[..<colon]
        return !name.isEmpty && name.allSatisfy(isNameByte) && isPort(bytes[colon...])
    }

    /// Nothing, or a colon and a number up to 65,535.
    private static func isPort(_ bytes: some Collection<UInt8>) -> Bool {
        guard let first = bytes.first else { return true }
        let digits = bytes.dropFirst()
        guard first == 58, (1...5).contains(digits.count), digits.allSatisfy(\.isDigit) else { return false }
        return digits.reduce(0) { $0 * 10 + Int($1 - 48) } <= 65_535
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isDigit || byte.asciiLowercased &- 97 < 26 || byte == 45 || byte == 46 || byte == 95
    }
}
