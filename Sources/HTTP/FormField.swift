/// Why a query or a form cannot be read.
public enum FormFault: Error, Sendable, Hashable {
    /// A percent sign without two hexadecimal digits.
    case brokenEscape
    /// The decoded bytes are not UTF-8, or hold a NUL.
    case notText
    /// More pairs than anyone needs.
    case tooMany
}

/// One pair of a query or of an `application/x-www-form-urlencoded` body. Repeated names are kept, in order.
public struct FormField: Hashable, Sendable {
    /// Pairs in one query or form.
    public static let countMax = 200

    /// The decoded name.
    public let name: String
    /// The decoded value; empty when there is no equals sign.
    public let value: String

    /// A pair.
    public init(name: String, value: String) { (self.name, self.value) = (name, value) }

    /// Reads the pairs between ampersands; `+` is a space.
    public static func parse(_ bytes: ArraySlice<UInt8>) throws(FormFault) -> [FormField] {
        var (fields, rest): ([FormField], _) = ([], bytes)
        while !rest.isEmpty {
            let pair = rest.prefix { $0 != UInt8(ascii: "&") }
            rest = rest[pair.endIndex...].dropFirst()
            if pair.isEmpty { continue }
            guard fields.count < countMax else { throw .tooMany }
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            fields.append(
                FormField(
                    name: try PercentCoding.text(name, plusIsSpace: true),
                    value: try PercentCoding.text(pair[name.endIndex...].dropFirst(), plusIsSpace: true)))
        }
        return fields
    }

    /// Reads the pairs between ampersands; `+` is a space.
    public static func parse(_ bytes: [UInt8]) throws(FormFault) -> [FormField] { try parse(bytes[...]) }
}

/// Percent-decoding that refuses what it cannot read, instead of passing it on.
enum PercentCoding {
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
}
