/// The spelling of URLs and forms (RFC 3986). What cannot be read is refused, not passed on.
public enum PercentCoding {
    /// The text with everything that is not unreserved as `%2F`.
    public static func encoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `a=b&c=d`, as forms and queries are written.
    public static func form(_ fields: [(String, String)]) -> String {
        var bytes: [UInt8] = []
        for (name, value) in fields {
            if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
            append(name, to: &bytes)
            bytes.append(UInt8(ascii: "="))
            append(value, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { letters in
            var rest = letters[...]
            while !rest.isEmpty {
                let plain = rest.prefix(while: isUnreserved)
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: plain))
                rest = rest[plain.endIndex...]
                guard let byte = rest.popFirst() else { return }
                bytes += [UInt8(ascii: "%"), hexadecimal(byte >> 4), hexadecimal(byte & 15)]
            }
        }
    }

    static func text(_ bytes: some Collection<UInt8>, plusIsSpace: Bool) throws(FormFault) -> String {
        // Nearly every name and value is what it says.
        if bytes.allSatisfy(isPlain) { return String(decoding: bytes, as: UTF8.self) }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index != bytes.endIndex {
            let byte = bytes[index]
            bytes.formIndex(after: &index)
            if byte == 37 {
                let digits = bytes[index...].prefix(2).compactMap(\.hexValue)
                guard digits.count == 2 else { throw .brokenEscape }
                decoded.append(digits[0] << 4 | digits[1])
                index = bytes.index(index, offsetBy: 2)
            } else {
                decoded.append(plusIsSpace && byte == 43 ? 32 : byte)
            }
        }
        guard !decoded.contains(0), let text = String(validating: decoded, as: UTF8.self) else {
            throw .notText
        }
        return text
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte != UInt8(ascii: "%") && byte != UInt8(ascii: "+") && byte != 0 && byte < 0x80
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func hexadecimal(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 48 + nibble : 55 + nibble }
}
