public import JSON
public import Shapes

/// A part of a list, and where the next part begins.
public struct Page<Item: Output>: Answerable {
    private enum Content {
        case items([Item])
        case written([UInt8])
    }

    private let content: Content
    private let next: Cursor?
    private var sealed: String?

    /// A part of a list; `next` is nil when it is the last.
    public init(_ items: [Item], next: Cursor? = nil) { (content, self.next) = (.items(items), next) }

    /// A part whose items have been written already, as a JSON array.
    public init(written items: [UInt8], next: Cursor?) { (content, self.next) = (.written(items), next) }

    /// An object of `items` and `next`.
    public static var schema: Schema {
        .object(
            [
                .init(
                    "items", Array<Item>.schema.described("The items of this page, in order."),
                    isRequired: true),
                .init(
                    "next",
                    Cursor?.schema.described("Send it as `cursor` to get the next page; null on the last."),
                    isRequired: true),
            ], name: "PageOf" + (Item.schema.name ?? ""))
    }

    /// Seals the position of the next page.
    public mutating func seal(_ seal: (String) -> String) { sealed = next.map { seal($0.position) } }

    /// What is known; for items not yet written, as much for each as an appointment takes.
    public var bytesExpected: Int {
        switch content {
        case .items(let items): 512 + 512 * items.count
        case .written(let bytes): 512 + bytes.count
        }
    }

    /// The sealed position; nil on the last page, and before sealing.
    public var nextCursor: String? { sealed }

    /// Writes the items, and the next position if it has been sealed: a bare position never leaves the house.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("items")
        switch content {
        case .items(let items): Item.write(items, to: &writer)
        case .written(let bytes): writer.raw(bytes: bytes)
        }
        writer.member("next", sealed)
        writer.endObject()
    }
}
