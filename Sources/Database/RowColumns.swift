import JSON
public import Shapes
import Vocabulary

/// How the columns of a row become the members of an object.
public struct RowColumns: Sendable {
    private struct Column {
        /// Nil where a member cannot be read from one column, or is not for everybody: then no row can be
        /// written.
        let form: ColumnForm?
        let takesNull: Bool
        /// Its part of `keys`, with what all its values begin with.
        let key: Range<Int>
        /// The same without.
        let bareKey: Range<Int>
    }

    private let columns: [Column]
    /// The prepared keys of all columns, one after the other.
    private let keys: [UInt8]

    /// The members of the shape, in order. Members of a part are written only where the list is said to be
    /// for those alone who see every part; for others it is made of values.
    public init<Item>(of shape: OutputShape<Item>, withParts: Bool = false) {
        var (columns, keys): ([Column], [UInt8]) = ([], [])
        for (name, type) in shape.types(withParts: withParts) {
            let type = type as? any ColumnWritable.Type
            let key = JSONKey(name, before: type?.form.beginning ?? "").bytes, start = keys.count
            keys += key
            columns.append(
                Column(
                    form: type?.form, takesNull: type?.takesNull == true, key: start..<keys.count,
                    bareKey: start..<(start + JSONKey(name).bytes.count)))
        }
        (self.columns, self.keys) = (columns, keys)
    }

    /// Lends the keys for as many rows as there are.
    func withKeys(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) rethrows {
        try keys.withUnsafeBufferPointer(body)
    }

    /// Writes one row as an object.
    func write(
        _ row: inout Row, _ keys: UnsafeBufferPointer<UInt8>, to writer: inout JSONWriter
    ) throws {
        writer.beginObject()
        for column in columns {
            let field = try row.field()
            guard let form = column.form, field.bytes != nil || column.takesNull else {
                throw field.unreadable
            }
            if field.bytes == nil {
                writer.nullMember(prepared: UnsafeBufferPointer(rebasing: keys[column.bareKey]))
            } else {
                try form.write(field, UnsafeBufferPointer(rebasing: keys[column.key]), to: &writer)
            }
        }
        writer.endObject()
    }
}

extension ColumnForm {
    /// What all values of the form begin with.
    fileprivate var beginning: String {
        switch self {
        case .id(let prefix): "\"\(prefix)_"
        case .instant, .text: "\""
        case .other: ""
        }
    }

    @inline(__always)
    fileprivate func write(
        _ field: Field, _ key: UnsafeBufferPointer<UInt8>, to writer: inout JSONWriter
    ) throws {
        switch self {
        case .id:
            let id = try UniqueID.read(field)
            writer.member(prepared: key, plainAtMost: UniqueID.base32Length) { id.writeBase32(to: $0) }
        case .instant:
            let instant = try Instant.read(field)
            writer.member(prepared: key, plainAtMost: 27) { instant.write(to: $0) }
        case .text:
            writer.member(prepared: key, utf8: try String.text(field).bindMemory(to: UInt8.self))
        case .other(let type):
            writer.key(prepared: key)
            try type.write(field, to: &writer)
        }
    }
}
