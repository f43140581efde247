public import Shapes

/// Where in the request an input stands.
public enum Place: String, Hashable, Sendable, CaseIterable {
    case path
    case query
    case header
    case body

    /// The pointer to an input of that name, as complaints give it.
    func pointer(to name: String) -> String { self == .body ? "/" + name : "/\(rawValue)/\(name)" }
}

/// One input of an endpoint, declared with its place, what it is for, the rules it must satisfy, and perhaps
/// a default.
///
///     @In(.query, "How many to give at most.", .within(1...200)) var limit = 50
///
/// `startsAt` is `starts_at` on the wire, and `ifMatch` in a header is `if-match`. An input of an optional
/// type need not be sent.
@propertyWrapper
public struct In<Value: WireValue>: DeclaredValue {
    let place: Place
    private let help: StaticString
    private let rules: [Rule<Value.Content>]
    private var value: Value?

    @usableFromInline
    init(filledWith value: Value?) { (place, help, rules, self.value) = (.path, "", [], value) }

    /// An input that must be sent, unless its type is optional.
    public init(_ place: Place, _ help: StaticString, _ rules: Rule<Value.Content>...) {
        (self.place, self.help, self.rules) = (place, help, rules)
    }

    /// An input with a default.
    public init(wrappedValue: Value, _ place: Place, _ help: StaticString, _ rules: Rule<Value.Content>...) {
        (self.place, self.help, self.rules, value) = (place, help, rules, wrappedValue)
    }

    /// Filled by the endpoint's plan and by no other decoder.
    @inlinable
    public init(from decoder: any Decoder) throws {
        self.init(filledWith: try DeclarationReader.next(Value.self, from: decoder))
    }

    /// The value that was sent, or what stands in for it. It exists once a request has been read.
    public var wrappedValue: Value {
        guard let value else {
            preconditionFailure("An endpoint's inputs exist once a request has been read.")
        }
        return value
    }

    /// Help, rules and default.
    public var declaration: any AnyDeclaration { Declaration(help: help, rules: rules, standIn: value) }
}

extension KeyedDecodingContainer {
    /// What an endpoint's `init(from:)` calls for each of its inputs: Swift prefers this to the general
    /// `decode`, and inlined into the endpoint's own module it knows the input's type.
    @inlinable
    public func decode<Value: WireValue>(_: In<Value>.Type, forKey key: Key) throws -> In<Value> {
        try In(from: superDecoder(forKey: key))
    }
}

/// What the plan of an endpoint wants to know of an input beside its declaration.
protocol PlacedInput {
    var place: Place { get }
    var isList: Bool { get }
    var isCursor: Bool { get }
}

extension In: PlacedInput {
    /// Whether a query may name it several times.
    var isList: Bool { Value.schema.items.isEmpty == false }
    /// Whether it must be opened before it is read.
    var isCursor: Bool { Value.Content.self == Cursor.self }
}
