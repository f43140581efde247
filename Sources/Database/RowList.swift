import JSON
public import Shapes

/// An output whose members stand in a row, column for column.
///
/// Of fifty appointments made into values and written one by one, two thirds of the work was to keep and
/// drop texts that nobody looked at. Written from their columns they cost a third.
public protocol RowOutput: Output, FromRow {
    /// `RowColumns(of: shape)`; make it a `static let`. The columns of a row stand in the order of the
    /// members.
    static var rowColumns: RowColumns { get }
}

/// The rows of a list as they leave.
public struct RowList<Item: RowOutput>: Sendable {
    /// A JSON array.
    public let json: [UInt8]
    /// The last item in it, where more rows came than were asked to be written.
    public let lastOfMore: Item?
}

extension ResultSet {
    /// About what an appointment takes.
    private static let bytesExpected = 512

    func list<Item: RowOutput>(of _: Item.Type = Item.self, atMost limit: Int) throws -> RowList<Item> {
        let count = min(rowCount, limit), columns = Item.rowColumns, types = types
        let json = try JSONWriter.document(capacity: Self.bytesExpected * (count + 1)) { writer in
            writer.beginArray()
            try columns.withKeys { keys in
                for index in 0..<count {
                    var row = row(at: index, types)
                    try columns.write(&row, keys, to: &writer)
                }
            }
            writer.endArray()
        }
        var last = row(at: max(count, 1) - 1, types)
        return RowList(
            json: json, lastOfMore: count > 0 && rowCount > count ? try Item(&last) : nil)
    }
}
