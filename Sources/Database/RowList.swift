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

/// How the columns of a row become the members of an object.
public struct RowColumns: Sendable {
    fileprivate struct Column {
        /// Nil where a member cannot be read from one column, or is not for everybody: then no row can be
        /// written.
        let type: (any ColumnWritable.Type)?
        /// Its part of `keys`.
        let key: Range<Int>
    }

    fileprivate let columns: [Column]
    /// The prepared keys of all columns, one after the other.
    fileprivate let keys: [UInt8]

    /// The members of the shape, in order. Members of a part are written only where the list is said to be
    /// for those alone who see every part; for others it is made of values.
    public init<Item>(of shape: OutputShape<Item>, withParts: Bool = false) {
        var (columns, keys): ([Column], [UInt8]) = ([], [])
        for (name, type) in shape.types(withParts: withParts) {
            let key = JSONKey(name).bytes
            let place = keys.count..<(keys.count + key.count)
            columns.append(Column(type: type as? any ColumnWritable.Type, key: place))
            keys += key
        }
        (self.columns, self.keys) = (columns, keys)
    }

    fileprivate func write(
        _ row: inout Row, _ keys: UnsafeBufferPointer<UInt8>, to writer: inout JSONWriter
    ) throws {
        writer.beginObject()
        for column in columns {
            writer.key(prepared: UnsafeBufferPointer(rebasing: keys[column.key]))
            let field = try row.field()
            guard let type = column.type else { throw field.unreadable }
            try type.write(field, to: &writer)
        }
        writer.endObject()
    }
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
        var writer = JSONWriter(capacity: Self.bytesExpected * (count + 1))
        writer.beginArray()
        try columns.keys.withUnsafeBufferPointer { keys in
            for index in 0..<count {
                var row = row(at: index, types)
                try columns.write(&row, keys, to: &writer)
            }
        }
        writer.endArray()
        var last = row(at: max(count, 1) - 1, types)
        return RowList(
            json: writer.bytes, lastOfMore: count > 0 && rowCount > count ? try Item(&last) : nil)
    }
}
