public import JSON
import Shapes
public import Vocabulary

/// A type that can be written as JSON from its column, without becoming a value on the way.
///
/// An enum whose raw value is a text conforms by saying so: `extension Stage: ColumnWritable {}`.
public protocol ColumnWritable: SQLValue {
    /// Writes what the value would write; throws what `read` would.
    static func write(_ field: Field, to writer: inout JSONWriter) throws
}

extension ColumnWritable where Self: JSONWritable {
    /// Reads the value and has it write itself: for a value without memory of its own that costs nothing.
    @inlinable
    public static func write(_ field: Field, to writer: inout JSONWriter) throws {
        try read(field).write(to: &writer)
    }
}

extension ColumnWritable where Self: JSONWritable & RawRepresentable, RawValue == String {
    /// Writes the column's text. Which texts there are is said by the column's check; to find the case again
    /// whose text it is would cost more than the rest of the row.
    public static func write(_ field: Field, to writer: inout JSONWriter) throws {
        try String.write(field, to: &writer)
    }
}

extension String: ColumnWritable {
    /// Writes the column's bytes, escaped.
    public static func write(_ field: Field, to writer: inout JSONWriter) throws {
        writer.string(utf8: try text(field).bindMemory(to: UInt8.self))
    }
}

extension Optional: ColumnWritable where Wrapped: ColumnWritable {
    /// NULL is `null`.
    public static func write(_ field: Field, to writer: inout JSONWriter) throws {
        if field.bytes == nil { writer.null() } else { try Wrapped.write(field, to: &writer) }
    }
}

extension Bool: ColumnWritable {}
extension Int16: ColumnWritable {}
extension Int32: ColumnWritable {}
extension Int64: ColumnWritable {}
extension Int: ColumnWritable {}
extension Double: ColumnWritable {}
extension UniqueID: ColumnWritable {}
extension ID: ColumnWritable {}
extension Instant: ColumnWritable {}
extension Day: ColumnWritable {}
extension Language: ColumnWritable {}
