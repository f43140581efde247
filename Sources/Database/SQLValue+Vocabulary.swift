public import Vocabulary

extension UniqueID: SQLValue, FromRow {
    /// `uuid`
    public static var oid: UInt32 { TypeID.uuid }

    /// Sixteen bytes.
    public func write(to bytes: inout [UInt8]) {
        (UInt128(high) << 64 | UInt128(low)).writeBigEndian(to: &bytes)
    }

    /// Reads a `uuid`.
    public static func read(_ field: Field) throws -> UniqueID {
        let bytes = try field.value(of: TypeID.uuid)
        guard bytes.count == 16 else { throw field.unreadable }
        return UniqueID(
            high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
}

extension ID: SQLValue, FromRow {
    /// `uuid`: the prefix is for people and is not stored.
    public static var oid: UInt32 { TypeID.uuid }
    /// Sixteen bytes.
    public func write(to bytes: inout [UInt8]) { unique.write(to: &bytes) }
    /// Reads a `uuid`.
    public static func read(_ field: Field) throws -> ID { ID(try UniqueID.read(field)) }
}

extension TenantID: SQLValue, FromRow {
    /// `integer`
    public static var oid: UInt32 { TypeID.int4 }
    /// Four bytes.
    public func write(to bytes: inout [UInt8]) { number.write(to: &bytes) }
    /// Reads an `integer`.
    public static func read(_ field: Field) throws -> TenantID { TenantID(number: try Int32.read(field)) }
}

extension Instant: SQLValue, FromRow {
    /// PostgreSQL counts microseconds from 2000-01-01.
    private static let epoch: Int64 = 946_684_800_000_000

    /// `timestamptz`
    public static var oid: UInt32 { TypeID.timestamptz }

    /// Eight bytes. Wraps, rather than traps, far outside the calendar: the server refuses such a value.
    public func write(to bytes: inout [UInt8]) { (microseconds &- Self.epoch).writeBigEndian(to: &bytes) }

    /// Reads a `timestamptz`; `infinity` is not an instant.
    public static func read(_ field: Field) throws -> Instant {
        let value = try field.integer(Int64.self, of: TypeID.timestamptz)
        guard value != .max, value != .min else { throw field.unreadable }
        return Instant(microseconds: value &+ epoch)
    }
}

extension Day: SQLValue, FromRow {
    /// PostgreSQL counts days from 2000-01-01.
    private static let epoch: Int32 = 10957

    /// `date`
    public static var oid: UInt32 { TypeID.date }

    /// Four bytes.
    public func write(to bytes: inout [UInt8]) { (number &- Self.epoch).writeBigEndian(to: &bytes) }

    /// Reads a `date`; `infinity` is not a day.
    public static func read(_ field: Field) throws -> Day {
        let value = try field.integer(Int32.self, of: TypeID.date)
        guard value != .max, value != .min else { throw field.unreadable }
        return Day(number: value &+ epoch)
    }
}

extension Language: SQLValue, FromRow {
    /// `text`
    public static var oid: UInt32 { TypeID.text }
    /// The tag.
    public func write(to bytes: inout [UInt8]) { tag.write(to: &bytes) }
    /// Reads a tag; text that is none is unreadable.
    public static func read(_ field: Field) throws -> Language {
        guard let language = Language(tag: try String.read(field)) else { throw field.unreadable }
        return language
    }
}
