public import JSON
public import Vocabulary

extension UniqueID: WireText {
    /// A UUID.
    public static var schema: Schema {
        .string([
            "format": "uuid", "pattern": "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
            "examples": ["01931c6e-5f00-7cc5-b6e0-2b1f3a4c5d6e"],
        ])
    }
    /// For the complaint.
    public static var form: String { "a UUID" }
    /// Reads the 8-4-4-4-12 form.
    public init?(wire text: String) { self.init(uuidText: text) }
    /// The 8-4-4-4-12 form.
    public var wire: String { uuidText }
}

extension ID: Described where Subject: Identified {}
extension ID: JSONWritable {
    /// Writes the TypeID without making a String of it.
    @inlinable
    public func write(to writer: inout JSONWriter) {
        writer.plainString(atMost: Subject.idPrefix.utf8CodeUnitCount + 27) { write(to: $0) }
    }
}

extension ID: WireText {
    /// A TypeID of this very kind.
    public static var schema: Schema {
        let prefix = Subject.idPrefix.description
        return .string([
            "pattern": .string("^\(prefix)_[0-7][0-9a-hjkmnp-tv-z]{25}$"),
            "examples": [.string(prefix + "_01jd4rznr0fk2vdr1b3wx4rqbe")],
        ])
    }
    /// For the complaint.
    public static var form: String { "an id that begins with \(Subject.idPrefix)_" }
    /// Reads a TypeID of this very kind.
    public init?(wire text: String) { self.init(text: text) }
    /// The TypeID.
    public var wire: String { text }
}

extension Instant: WireText {
    /// An RFC 3339 instant with its offset.
    public static var schema: Schema {
        .string([
            "format": "date-time",
            "pattern": .string(
                "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}"
                    + #"(\.[0-9]{1,6})?([Zz]|[+-][0-9]{2}:[0-9]{2})$"#),
            "examples": ["2027-01-04T09:00:00Z"],
        ])
    }
    /// For the complaint.
    public static var form: String {
        "an RFC 3339 date-time with its offset, such as 2027-01-04T09:00:00+05:30"
    }
    /// Reads RFC 3339.
    public init?(wire text: String) { self.init(text: text) }
    /// RFC 3339 in UTC.
    public var wire: String { text }
    /// Writes RFC 3339 in UTC without making a String of it.
    @inlinable
    public func write(to writer: inout JSONWriter) { writer.plainString(atMost: 27) { write(to: $0) } }
}

extension Day: WireText {
    /// A calendar day.
    public static var schema: Schema {
        .string(["format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "examples": ["2027-01-04"]])
    }
    /// For the complaint.
    public static var form: String { "a day such as 2027-01-04" }
    /// Reads year, month and day.
    public init?(wire text: String) { self.init(text: text) }
    /// Year, month and day.
    public var wire: String { text }
}

extension Slug: WireText {
    /// A label of a host.
    public static var schema: Schema {
        .string([
            "maxLength": 63, "pattern": "^(?!xn--)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
            "examples": ["sunrise"],
        ])
    }
    /// For the complaint.
    public static var form: String { "1 to 63 letters a–z, digits and inner hyphens" }
    /// Reads the letters.
    public init?(wire text: String) { self.init(text: text) }
    /// The letters.
    public var wire: String { text }
}

extension Language: WireText {
    /// A BCP 47 tag of the simple shape.
    public static var schema: Schema {
        .string(["pattern": "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$", "examples": ["en", "hi", "pt-BR"]])
    }
    /// For the complaint.
    public static var form: String { "a language such as en or pt-BR" }
    /// Reads the tag.
    public init?(wire text: String) { self.init(tag: text) }
    /// The tag.
    public var wire: String { tag }
}

extension Currency: WireText {
    /// An ISO 4217 code.
    public static var schema: Schema { .string(["pattern": "^[A-Z]{3}$", "examples": ["INR"]]) }
    /// For the complaint.
    public static var form: String { "a currency such as INR" }
    /// Reads the code.
    public init?(wire text: String) { self.init(code: text) }
    /// The code.
    public var wire: String { code }
}

extension Role: WireValue {}
