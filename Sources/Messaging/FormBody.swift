/// `a=b&c=d`, as forms are sent: everything that is not unreserved is percent-encoded.
struct FormBody {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ name: String, _ value: String) {
        if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
        encode(name)
        bytes.append(UInt8(ascii: "="))
        encode(value)
    }

    private mutating func encode(_ text: String) {
        for byte in text.utf8 {
            let isLetter = (byte | 32) &- 97 < 26, isDigit = byte &- 48 < 10
            if isLetter || isDigit || "-._~".utf8.contains(byte) {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "%"))
                bytes += [byte >> 4, byte & 15].map { $0 < 10 ? 48 + $0 : 55 + $0 }
            }
        }
    }
}
