public import JSON

/// A JSON Schema (2020-12) that writes itself.
///
/// Built by the types that read and write values, never by hand beside them: what a schema says is what the
/// reader does.
public struct Schema: Hashable, Sendable {
    /// One member of an object.
    public struct Property: Hashable, Sendable {
        /// The member's name.
        public let name: String
        /// What the member may be.
        public var schema: Schema
        /// Whether the object must have it.
        public let isRequired: Bool

        /// A member of an object's schema.
        public init(_ name: String, _ schema: Schema, isRequired: Bool) {
            (self.name, self.schema, self.isRequired) = (name, schema, isRequired)
        }
    }

    /// `type`, `format`, `minLength` and the like, in the order in which they were said.
    public var keywords: JSONObject
    /// A name under which documents keep the schema once and refer to it; nil writes it where it stands.
    public var name: String?
    /// An object's members, in order.
    public var properties: [Property] = []
    /// What each element of an array may be: one schema or none.
    public var items: [Schema] = []
    /// Alternatives, of which one must hold.
    public var anyOf: [Schema] = []

    /// A schema of these keywords.
    public init(_ keywords: JSONObject = [:], name: String? = nil) {
        (self.keywords, self.name) = (keywords, name)
    }

    /// Sets a keyword, replacing an earlier one of that name.
    public subscript(keyword: String) -> JSON? {
        get { keywords[keyword] }
        set { keywords[keyword] = newValue }
    }

    /// The schema with a description (the first keyword a reader of the document looks for).
    public func described(_ words: String) -> Schema {
        guard !words.isEmpty else { return self }
        var copy = self
        copy["description"] = .string(words)
        return copy
    }
}

extension Schema {
    /// A string, with more keywords if need be.
    public static func string(_ keywords: JSONObject = [:]) -> Schema { typed("string", keywords) }

    /// An integer between these bounds.
    public static func integer(_ range: ClosedRange<Int64>, format: String) -> Schema {
        typed(
            "integer",
            [
                "format": .string(format), "minimum": .integer(range.lowerBound),
                "maximum": .integer(range.upperBound),
            ])
    }

    /// An object of these members and no others.
    public static func object(_ properties: [Property], name: String? = nil) -> Schema {
        var schema = typed("object", ["additionalProperties": false])
        (schema.properties, schema.name) = (properties, name)
        return schema
    }

    /// An array of such elements.
    public static func array(of element: Schema, _ keywords: JSONObject = [:]) -> Schema {
        var schema = typed("array", keywords)
        schema.items = [element]
        return schema
    }

    /// A schema of one type.
    public static func typed(_ type: String, _ keywords: JSONObject = [:]) -> Schema {
        var schema = Schema(["type": .string(type)])
        for member in keywords.members { schema[member.name] = member.value }
        return schema
    }

    /// The schema, or `null`.
    public var orNull: Schema {
        guard name == nil, let type = self["type"]?.stringValue, self["enum"] == nil else {
            var either = Schema()
            either.anyOf = [self, .typed("null")]
            return either
        }
        var copy = self
        copy["type"] = [.string(type), "null"]
        return copy
    }
}
