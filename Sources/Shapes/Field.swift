import JSON

/// One value of a `Shape`, declared with what it is for, the rules it must satisfy, and perhaps a default.
///
///     @Field("How long before its start an appointment can still be booked.", .within(0...10_080))
///     var leadMinutes = 60
@propertyWrapper
public struct Field<Value: WireValue>: DeclaredValue {
    private let help: StaticString
    private let rules: [Rule<Value.Content>]
    private var value: Value?

    /// A value that must be given, or is optional by its type.
    public init(_ help: StaticString, _ rules: Rule<Value.Content>...) {
        (self.help, self.rules, value) = (help, rules, Value.absent)
    }

    /// A value with a default.
    public init(wrappedValue: Value, _ help: StaticString, _ rules: Rule<Value.Content>...) {
        (self.help, self.rules, value) = (help, rules, wrappedValue)
    }

    /// Filled by a `DeclarationReader` and by no other decoder.
    public init(from decoder: any Decoder) throws {
        (help, rules) = ("", [])
        value = try DeclarationReader.next(Value.self, from: decoder)
    }

    /// The value. A required one exists only in a shape that has been read.
    public var wrappedValue: Value {
        get {
            guard let value else {
                preconditionFailure("A shape's required fields exist once it has been read.")
            }
            return value
        }
        set { value = newValue }
    }

    /// Help, rules and default.
    public var declaration: any AnyDeclaration { Declaration(help: help, rules: rules, standIn: value) }
}

extension Field: Equatable where Value: Equatable {
    /// Equal values: how they were declared is the type's affair.
    public static func == (left: Field, right: Field) -> Bool { left.value == right.value }
}

extension Field: Hashable where Value: Hashable {
    /// Hashes the value.
    public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

/// A field that can write its value without naming its type.
protocol WritableField {
    func writeValue(to writer: inout JSONWriter)
}

extension Field: WritableField {
    func writeValue(to writer: inout JSONWriter) { value.write(to: &writer) }
}
