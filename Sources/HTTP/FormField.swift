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
