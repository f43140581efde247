public import JSON

/// What a declared value is, with its type forgotten.
public protocol AnyDeclaration: AnyObject, Sendable {
    /// The schema, rules, default and words included.
    var schema: Schema { get }
    /// Whether it must be sent.
    var isRequired: Bool { get }
    /// What it is for, in words.
    var help: String { get }
    /// What stands in for it when it is not sent.
    var fallback: JSON? { get }
}

/// What a declared value is: how it is read, which rules it must satisfy, what stands in for it. Made once
/// per declaration, when the program starts.
public final class Declaration<Value: WireValue>: AnyDeclaration {
    /// What it is for, in words.
    public let help: String
    /// The schema, rules, default and words included.
    public let schema: Schema
    @usableFromInline let rules: [Rule<Value.Content>]
    @usableFromInline let standIn: Value?
    @usableFromInline let prepared: WireReader<Value>?

    /// The declaration of a wrapped property.
    public init(help: StaticString, rules: [Rule<Value.Content>], standIn: Value?) {
        self.help = help.description
        self.rules = rules
        self.standIn = standIn ?? Value.absent
        prepared = Value.prepared
        var schema = Value.schema
        for rule in rules { rule.refine(&schema) }
        if let fallback = standIn?.json, fallback != .null { schema["default"] = fallback }
        self.schema = schema.described(self.help)
    }

    /// Whether it must be sent.
    public var isRequired: Bool { standIn == nil }
    /// What stands in for it when it is not sent.
    public var fallback: JSON? { standIn?.json }

    /// Reads and judges the value; nil, with at least one complaint, where there is none to be had.
    ///
    /// Inlined, so that the module of the endpoint knows the value's type: looking up the metadata of generic
    /// types at each reading cost more than the reading.
    @inlinable
    public func value(of input: WireInput?, _ complaints: inout Complaints) -> Value? {
        guard let input else {
            if standIn == nil { complaints.add("missing", "is missing") }
            return standIn
        }
        let value =
            if let prepared { prepared(input, &complaints) } else { Value.read(input, &complaints) }
        if !rules.isEmpty, let content = value?.content {
            for rule in rules { rule.judge(content, &complaints) }
        }
        return value
    }
}

extension JSONWritable {
    /// The value as a tree; slow, for documents and tests.
    @usableFromInline
    var json: JSON { (try? JSON(parsing: jsonText)) ?? .null }
}
