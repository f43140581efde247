extension Bool: SQLValue, FromRow {
    /// `boolean`
    public static var oid: UInt32 { TypeID.bool }
    /// One byte.
    public func write(to bytes: inout [UInt8]) { bytes.append(self ? 1 : 0) }
    /// Reads a `boolean`.
    public static func read(_ field: Field) throws -> Bool {
        try field.integer(UInt8.self, of: TypeID.bool) != 0
    }
}

extension Int16: SQLValue, FromRow {
    /// `smallint`
    public static var oid: UInt32 { TypeID.int2 }
    /// Two bytes.
    public func write(to bytes: inout [UInt8]) { writeBigEndian(to: &bytes) }
    /// Reads a `smallint`.
    public static func read(_ field: Field) throws -> Int16 { try field.integer(Int16.self, of: TypeID.int2) }
}

extension Int32: SQLValue, FromRow {
    /// `integer`
    public static var oid: UInt32 { TypeID.int4 }
    /// Four bytes.
    public func write(to bytes: inout [UInt8]) { writeBigEndian(to: &bytes) }
    /// Reads an `integer` or a `smallint`.
    public static func read(_ field: Field) throws -> Int32 {
        guard field.type == TypeID.int2 else { return try field.integer(Int32.self, of: TypeID.int4) }
        return Int32(try Int16.read(field))
    }
}

extension Int64: SQLValue, FromRow {
    /// `bigint`
    public static var oid: UInt32 { TypeID.int8 }
    /// Eight bytes.
    public func write(to bytes: inout [UInt8]) { writeBigEndian(to: &bytes) }
    /// Reads any of PostgreSQL's integers.
    public static func read(_ field: Field) throws -> Int64 {
        guard field.type == TypeID.int8 else { return Int64(try Int32.read(field)) }
        return try field.integer(Int64.self, of: TypeID.int8)
    }
}

extension Int: SQLValue, FromRow {
    /// `bigint`
    public static var oid: UInt32 { TypeID.int8 }
    /// Eight bytes.
    public func write(to bytes: inout [UInt8]) { writeBigEndian(to: &bytes) }
    /// Reads any of PostgreSQL's integers.
    public static func read(_ field: Field) throws -> Int { Int(try Int64.read(field)) }
}

extension Double: SQLValue, FromRow {
    /// `double precision`
    public static var oid: UInt32 { TypeID.float8 }
    /// Eight bytes.
    public func write(to bytes: inout [UInt8]) { bitPattern.writeBigEndian(to: &bytes) }
    /// Reads a `double precision`.
    public static func read(_ field: Field) throws -> Double {
        Double(bitPattern: try field.integer(UInt64.self, of: TypeID.float8))
    }
}

extension String: SQLValue, FromRow {
    /// `text`
    public static var oid: UInt32 { TypeID.text }
    /// UTF-8.
    public func write(to bytes: inout [UInt8]) { bytes.append(contentsOf: utf8) }
    /// Reads text of every kind, and the labels of enums.
    public static func read(_ field: Field) throws -> String {
        String(decoding: try text(field), as: UTF8.self)
    }

    /// The bytes that a text is read from.
    static func text(_ field: Field) throws -> UnsafeRawBufferPointer {
        switch field.type {
        case TypeID.text, TypeID.varchar, TypeID.name, TypeID.bpchar, TypeID.json, TypeID.firstOfSchema...:
            guard let bytes = field.bytes else { throw field.unreadable }
            return bytes
        default: throw field.unreadable
        }
    }
}

/// JSON as text, kept by PostgreSQL as `jsonb`.
public struct JSONText: SQLValue, FromRow, Hashable {
    /// UTF-8 text of one JSON value.
    public let bytes: [UInt8]

    /// Takes text that a JSON writer made.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// `jsonb`
    public static var oid: UInt32 { TypeID.jsonb }

    /// `jsonb`'s binary form is a version and the text.
    public func write(to output: inout [UInt8]) {
        output.append(1)
        output.append(contentsOf: bytes)
    }

    /// Reads `jsonb` or `json`.
    public static func read(_ field: Field) throws -> JSONText {
        let bytes = try field.value(of: TypeID.jsonb, or: TypeID.json)
        guard field.type == TypeID.jsonb else { return JSONText(Array(bytes)) }
        guard bytes.first == 1 else { throw field.unreadable }
        return JSONText(Array(bytes.dropFirst()))
    }
}
