public import JSON
import Shapes
public import Vocabulary

/// A type that can be written as JSON from its column, without becoming a value on the way.
///
/// An enum whose raw value is a text conforms by saying so: `extension Stage: ColumnWritable {}`.
public protocol ColumnWritable: SQLValue {
    /// Writes what the value would write; throws what `read` would.
    static func write(_ field: Field, to writer: inout JSONWriter) throws

    /// What of it can be known before the first row comes.
    static var form: ColumnForm { get }

    /// Whether it may be NULL.
    static var takesNull: Bool { get }
}

/// How a list's columns are written. What lists are full of has a form of its own: of eight hundred fields
/// none has to be asked what it is.
public enum ColumnForm: Sendable {
    /// An id, whose prefix is the same in all rows.
    case id(prefix: StaticString)
    /// A moment.
    case instant
    /// A text.
    case text
    /// Whatever its type writes.
    case other(any ColumnWritable.Type)
}

extension ColumnWritable {
    /// That of a type that is rare in lists.
    public static var form: ColumnForm { .other(Self.self) }

    /// Only an optional may.
    public static var takesNull: Bool { false }
}

extension ColumnWritable where Self: JSONWritable {
    /// Reads the value and has it write itself: for a value without memory of its own that costs nothing.
    @inlinable
    public static func write(_ field: Field, to writer: inout JSONWriter) throws {
        try read(field).write(to: &writer)
    }
}

extension ColumnWritable where Self: JSONWritable & RawRepresentable, RawValue == String {
    /// The column's text.
    public static var form: ColumnForm { .text }

    /// Writes the column's text. Which texts there are is said by the column's check; to find the case again
    /// whose text it is would cost more than the rest of the row.
    public static func write(_ field: Field, to writer: inout JSONWriter) throws {
        try String.write(field, to: &writer)
    }
}

extension String: ColumnWritable {
    /// Text.
    public static var form: ColumnForm { .text }

    /// Writes the column's bytes, escaped.
    public static func write(_ field: Field, to writer: inout JSONWriter) throws {
        writer.string(utf8: try text(field).bindMemory(to: UInt8.self))
    }
}

extension Optional: ColumnWritable where Wrapped: ColumnWritable {
    /// That of the value that may be missing.
    public static var form: ColumnForm { Wrapped.form }

    /// It may.
    public static var takesNull: Bool { true }

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
extension ID: ColumnWritable {
    /// A TypeID.
    public static var form: ColumnForm { .id(prefix: Subject.idPrefix) }
}
extension Instant: ColumnWritable {
    /// RFC 3339 in UTC.
    public static var form: ColumnForm { .instant }
}
extension Day: ColumnWritable {}
extension Language: ColumnWritable {}
