public import JSON
public import Shapes

/// A part of a list, and where the next part begins.
public struct Page<Item: Output>: Answerable {
    /// The items of this part.
    public let items: [Item]
    private let next: Cursor?
    private var sealed: String?

    /// A part of a list; `next` is nil when it is the last.
    public init(_ items: [Item], next: Cursor? = nil) { (self.items, self.next) = (items, next) }

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

    /// As much for each item as an appointment takes.
    public var bytesExpected: Int { 512 + 384 * items.count }

    /// The sealed position; nil on the last page, and before sealing.
    public var nextCursor: String? { sealed }

    /// Writes the items, and the next position if it has been sealed: a bare position never leaves the house.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("items")
        Item.write(items, to: &writer)
        writer.member("next", sealed)
        writer.endObject()
    }
}
