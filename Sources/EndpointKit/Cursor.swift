import JSON
public import Shapes

/// Where the next page of a list begins.
///
/// A handler says and reads the position in its own words (`2027-01-04T09:00:00Z apt_…`); callers see it
/// sealed, so that it can be neither read nor made, nor taken to another clinic, route or query.
public struct Cursor: Hashable, Sendable, WireText {
    /// The position, in the handler's words.
    public let position: String

    /// A position for the next page.
    public init(_ position: String) { self.position = position }

    /// A sealed text; what is in it is nobody's business.
    public static var schema: Schema {
        .string(["maxLength": 2_048, "pattern": "^[A-Za-z0-9._~-]+$"])
    }
    /// For the complaint.
    public static var form: String { "a cursor from an earlier answer to the same question" }
    /// The reader has opened the seal already; nothing is left of one that did not open.
    public init?(wire text: String) {
        guard !text.isEmpty else { return nil }
        self.init(text)
    }
    /// The position.
    public var wire: String { position }
}
