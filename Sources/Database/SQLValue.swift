/// A type that travels to and from PostgreSQL in binary.
///
/// An enum with a raw value conforms by saying so: `extension Stage: SQLValue {}`.
public protocol SQLValue: Sendable {
    /// The object id of the PostgreSQL type that is declared for a parameter of this type.
    static var oid: UInt32 { get }

    /// Only an optional can be NULL.
    var isNull: Bool { get }

    /// Appends the binary form, without its length.
    func write(to bytes: inout [UInt8])

    /// Reads the binary form; throws when the column is NULL or of another type.
    static func read(_ field: Field) throws -> Self
}

extension SQLValue {
    /// A plain value is never NULL.
    public var isNull: Bool { false }
}

/// One column of one row, lent while it is read.
public struct Field {
    /// The binary value; nil is NULL.
    public let bytes: UnsafeRawBufferPointer?
    /// The object id of the column's type.
    public let type: UInt32
    /// The column's position, for error messages.
    public let column: Int

    /// The bytes, if the column is of the type, or of the other, and not NULL.
    public func value(of type: UInt32, or other: UInt32? = nil) throws -> UnsafeRawBufferPointer {
        guard let bytes, self.type == type || self.type == other else { throw unreadable }
        return bytes
    }

    /// The bytes of `bytea`.
    @usableFromInline
    func plainBytes() throws -> [UInt8] { Array(try value(of: UInt8.arrayOID)) }

    /// What a reader throws when the bytes do not fit.
    public var unreadable: DatabaseError {
        .unreadable(column: column, type: type, isNull: bytes == nil)
    }

    /// The bytes of a type of fixed width as an integer.
    func integer<Number: FixedWidthInteger>(_: Number.Type, of oid: UInt32) throws -> Number {
        guard let bytes, type == oid, bytes.count == MemoryLayout<Number>.size else { throw unreadable }
        return Number(bigEndian: bytes.loadUnaligned(as: Number.self))
    }
}

/// The object ids of PostgreSQL's built-in types: fixed in its catalogue for ever.
enum TypeID {
    // One constant a line: of several that share one, each is looked up at run time.
    static let bool: UInt32 = 16
    static let bytea: UInt32 = 17
    static let name: UInt32 = 19
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    static let text: UInt32 = 25
    static let json: UInt32 = 114
    static let float8: UInt32 = 701
    static let bpchar: UInt32 = 1042
    static let varchar: UInt32 = 1043
    static let date: UInt32 = 1082
    static let timestamptz: UInt32 = 1184
    static let uuid: UInt32 = 2950
    static let jsonb: UInt32 = 3802
    /// Types made by the schema (enums, domains over text) come after the catalogue's own.
    static let firstOfSchema: UInt32 = 16384
}

extension FixedWidthInteger {
    /// Appends the number in network order.
    func writeBigEndian(to bytes: inout [UInt8]) {
        bytes.append(addingCapacity: MemoryLayout<Self>.size) { span in
            span.withUnsafeMutableBufferPointer { buffer, used in
                UnsafeMutableRawBufferPointer(buffer).storeBytes(of: bigEndian, as: Self.self)
                used = MemoryLayout<Self>.size
            }
        }
    }
}

extension Optional: SQLValue where Wrapped: SQLValue {
    /// The type of the value that may be missing.
    public static var oid: UInt32 { Wrapped.oid }

    /// No value is NULL.
    public var isNull: Bool { self == nil }

    /// Appends the value, if there is one.
    public func write(to bytes: inout [UInt8]) { self?.write(to: &bytes) }

    /// NULL is nil; anything else must be readable.
    @inlinable
    public static func read(_ field: Field) throws -> Wrapped? {
        field.bytes == nil ? nil : try Wrapped.read(field)
    }
}

extension SQLValue where Self: RawRepresentable, RawValue: SQLValue {
    /// The type of the raw value.
    public static var oid: UInt32 { RawValue.oid }

    /// Appends the raw value.
    public func write(to bytes: inout [UInt8]) { rawValue.write(to: &bytes) }

    /// A raw value that the enum does not know is unreadable, never a default.
    @inlinable
    public static func read(_ field: Field) throws -> Self {
        guard let value = Self(rawValue: try RawValue.read(field)) else { throw field.unreadable }
        return value
    }
}
