public import JSON

/// Members of an output, by their places.
public struct HiddenMembers: Hashable, Sendable {
    private var bits: UInt64 = 0

    /// None of them.
    public init() {}

    /// All of them.
    public static let all: HiddenMembers = {
        var all = HiddenMembers()
        all.bits = .max
        return all
    }()

    /// Those that both leave out.
    public func intersection(_ other: HiddenMembers) -> HiddenMembers {
        var both = self
        both.bits &= other.bits
        return both
    }

    /// Whether none is hidden.
    public var isEmpty: Bool { bits == 0 }

    /// Beyond the sixty-fourth member there is no place: outputs are not that wide, and one that were would
    /// hide everything that follows.
    mutating func insert(_ place: Int) { bits |= place < 64 ? 1 << UInt64(place) : 1 << 63 }
    func contains(_ place: Int) -> Bool { bits & (1 << UInt64(min(place, 63))) != 0 }
}

/// An output, and which of its members this caller is not shown: they are written as `null`.
public struct Shown<Value: Output>: Output {
    /// All of it.
    public let value: Value
    private let hidden: HiddenMembers

    /// The output without these members.
    public init(_ value: Value, hiding hidden: HiddenMembers) { (self.value, self.hidden) = (value, hidden) }

    /// The value's members, those of a part perhaps `null`.
    public static var schema: Schema {
        .object(
            Value.shape.members.map { member in
                var schema = member.schema
                if member.part != nil, !schema.allowsNull { schema = schema.orNull }
                return Schema.Property(member.name, schema, isRequired: true)
            }, name: "Shown" + schemaName(of: Value.self))
    }

    /// As the value has them, each in a member of its own.
    public static var shape: OutputShape<Shown> { OutputShape { Out("value", "The value.") { $0 } } }

    /// Writes the members, and `null` in place of the hidden ones.
    public func write(to writer: inout JSONWriter) {
        guard !hidden.isEmpty else { return value.write(to: &writer) }
        Value.shape.write(value, hiding: hidden, to: &writer)
    }

    /// Writes one after the other.
    public static func write(_ list: [Shown], to writer: inout JSONWriter) {
        writer.beginArray()
        for shown in list { shown.write(to: &writer) }
        writer.endArray()
    }

    /// As the value has it.
    public static var isVersioned: Bool { Value.isVersioned }
    /// What is hidden is part of what is shown: two who see different members see different revisions.
    public var revision: String? { value.revision.map { hidden.isEmpty ? $0 : $0 + "-\(hidden.hashText)" } }
}

extension HiddenMembers {
    /// The places as one number, for entity tags.
    var hashText: String { String(bits, radix: 36) }
}

extension Schema {
    /// Whether `null` is among what it describes.
    var allowsNull: Bool {
        self["type"]?.arrayValue?.contains("null") == true || anyOf.contains { $0["type"] == "null" }
    }
}
