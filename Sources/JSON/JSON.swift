/// A JSON value that has not earned a type yet.
///
/// Members keep their order, integers keep all 64 bits, and every other number keeps its text.
public enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(JSONNumber)
    case string(String)
    case array([JSON])
    case object(JSONObject)
}

extension JSON {
    /// Reads one whole document, strictly: see `JSONFault.Code` for what is refused.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONFault) {
        var reader = JSONReader(bytes, limits: limits)
        self = try reader.value()
        try reader.finish()
    }

    /// Reads one whole document from text.
    public init(parsing text: String, limits: JSONLimits = .standard) throws(JSONFault) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    /// The object's member of that name; nil where it is missing or this is no object.
    public subscript(name: String) -> JSON? {
        if case .object(let object) = self { object[name] } else { nil }
    }

    /// The text, if this is a string.
    public var stringValue: String? { if case .string(let text) = self { text } else { nil } }
    /// The integer, if this is one.
    public var integerValue: Int64? { if case .integer(let value) = self { value } else { nil } }
    /// True or false, if this is one of them.
    public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The elements, if this is an array.
    public var arrayValue: [JSON]? { if case .array(let items) = self { items } else { nil } }
    /// The members, if this is an object.
    public var objectValue: JSONObject? { if case .object(let object) = self { object } else { nil } }
}

extension JSON: JSONWritable {
    /// Writes the value as it was read: same order, same digits.
    public func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .bool(let value): writer.bool(value)
        case .integer(let value): writer.int(value)
        case .number(let number): writer.raw(bytes: number.text.utf8)
        case .string(let text): writer.string(text)
        case .array(let items): items.write(to: &writer)
        case .object(let object): object.write(to: &writer)
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// An integer.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// True or false.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// An array.
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// An object, its members in the order written; of two alike the later one wins.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(JSONObject(elements))
    }
    /// `null`.
    public init(nilLiteral: ()) { self = .null }
}
