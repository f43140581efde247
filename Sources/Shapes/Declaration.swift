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
    private let rules: [Rule<Value.Content>]
    /// Asked first: an empty list of rules of a generic type costs more to look at than this.
    private let hasRules: Bool
    private let standIn: Value?
    private let read: WireReader<Value>

    /// The declaration of a wrapped property.
    public init(help: StaticString, rules: [Rule<Value.Content>], standIn: Value?) {
        self.help = help.description
        self.rules = rules
        hasRules = !rules.isEmpty
        self.standIn = standIn ?? Value.absent
        read = Value.reader
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
    public func value(of input: WireInput?, _ complaints: inout Complaints) -> Value? {
        guard let input else {
            if standIn == nil { complaints.add("missing", "is missing") }
            return standIn
        }
        guard let value = read(input, &complaints) else { return nil }
        if hasRules, let content = value.content {
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
