public import JSON

/// A type that writes itself as JSON and says beforehand what that will look like.
public protocol Described: JSONWritable, Sendable {
    /// What `write(to:)` writes, always.
    static var schema: Schema { get }
}

extension Optional: Described where Wrapped: Described {
    /// The wrapped schema, or `null`: a missing value is written as `null`, so that an answer's members are
    /// always the same and a client need not tell "absent" from "empty".
    public static var schema: Schema { Wrapped.schema.orNull }
}

extension Array: Described where Element: Described {
    /// An array of the elements' schema.
    public static var schema: Schema { .array(of: Element.schema) }
}

extension JSON: Described {
    /// Anything at all.
    public static var schema: Schema { Schema() }
}

/// The type's name without its module and its surroundings, to be the name of its schema.
func schemaName<T>(of type: T.Type) -> String {
    String(describing: type).filter { $0.isLetter || $0.isNumber }
}
