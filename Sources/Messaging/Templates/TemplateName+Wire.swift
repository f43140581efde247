import JSON
public import Shapes

extension TemplateName: WireText {
    /// One of those that there are.
    public static var schema: Schema {
        .typed("string", ["enum": .array(all.map { .string($0.text) })])
    }
    /// For the complaint.
    public static var form: String { "one of " + all.map(\.text).joined(separator: ", ") }
    /// Reads exactly the names that there are.
    public init?(wire text: String) { self.init(text) }
    /// The name.
    public var wire: String { text }
}

extension Placeholder: WireValue {}
