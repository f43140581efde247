public import Vocabulary

/// A type of which PostgreSQL has arrays.
public protocol SQLElement: SQLValue {
    /// The object id of the array's type.
    static var arrayOID: UInt32 { get }
}

extension Array: SQLValue where Element: SQLElement {
    /// The array's type.
    public static var oid: UInt32 { Element.arrayOID }

    /// One dimension, counted from 1; a `[UInt8]` is `bytea` and just its bytes.
    public func write(to bytes: inout [UInt8]) {
        if Element.self == UInt8.self, let plain = self as? [UInt8] { return bytes.append(contentsOf: plain) }
        for number in [isEmpty ? 0 : 1, 0, Int32(bitPattern: Element.oid)] {
            number.writeBigEndian(to: &bytes)
        }
        guard !isEmpty else { return }
        for number in [Int32(count), 1] { number.writeBigEndian(to: &bytes) }
        for element in self { Array.write(element, to: &bytes) }
    }

    /// Reads an array of one dimension. NULL elements need optional elements.
    ///
    /// Inlined, so that the loop knows its element: called through witnesses, it cost more than the query.
    @inlinable
    public static func read(_ field: Field) throws -> [Element] {
        if Element.self == UInt8.self, let plain = try field.plainBytes() as? [Element] { return plain }
        var reader = try ElementReader(field, of: Element.arrayOID), elements: [Element] = []
        elements.reserveCapacity(reader.count)
        for _ in 0..<reader.count { elements.append(try Element.read(reader.next())) }
        return elements
    }

    private static func write(_ element: Element, to bytes: inout [UInt8]) {
        guard !element.isNull else { return Int32(-1).writeBigEndian(to: &bytes) }
        let place = bytes.count
        Int32(0).writeBigEndian(to: &bytes)
        element.write(to: &bytes)
        let length = UInt32(bytes.count - place - 4)
        for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: length >> (24 - 8 * index)) }
    }
}

/// Walks an array's binary form: dimensions, a NULL flag, the element type, one length, one base, elements.
@usableFromInline
struct ElementReader {
    /// How many elements there are.
    @usableFromInline private(set) var count = 0
    private var rest: UnsafeRawBufferPointer
    private var type: UInt32 = 0
    private let field: Field

    @usableFromInline
    init(_ field: Field, of arrayOID: UInt32) throws {
        (self.field, rest) = (field, try field.value(of: arrayOID))
        let dimensions = try number()
        _ = try number()
        type = UInt32(bitPattern: try number())
        guard dimensions > 0 else { return }
        guard dimensions == 1 else { throw field.unreadable }
        (count, _) = (Int(try number()), try number())
        // Each element has at least its length: a count that cannot be true is not believed.
        guard (0...rest.count / 4).contains(count) else { throw field.unreadable }
    }

    @usableFromInline
    mutating func next() throws -> Field {
        let length = Int(try number())
        guard length >= 0 else { return Field(bytes: nil, type: type, column: field.column) }
        return Field(bytes: try take(length), type: type, column: field.column)
    }

    private mutating func number() throws -> Int32 {
        Int32(bigEndian: try take(4).loadUnaligned(as: Int32.self))
    }

    private mutating func take(_ count: Int) throws -> UnsafeRawBufferPointer {
        guard count <= rest.count else { throw field.unreadable }
        defer { rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count)) }
        return UnsafeRawBufferPointer(rebasing: rest.prefix(count))
    }
}

extension UInt8: SQLElement {
    /// PostgreSQL has no type of one byte: only `[UInt8]`, which is `bytea`, ever travels.
    public static var oid: UInt32 { TypeID.int2 }
    /// `bytea`
    public static var arrayOID: UInt32 { TypeID.bytea }
    /// As a `smallint`.
    public func write(to bytes: inout [UInt8]) { Int16(self).write(to: &bytes) }
    /// Reads a `smallint` that fits.
    public static func read(_ field: Field) throws -> UInt8 {
        guard let byte = UInt8(exactly: try Int16.read(field)) else { throw field.unreadable }
        return byte
    }
}

extension Optional: SQLElement where Wrapped: SQLElement {
    /// Arrays of NULLs are arrays of what may be missing.
    public static var arrayOID: UInt32 { Wrapped.arrayOID }
}

extension Bool: SQLElement {
    /// `boolean[]`
    public static var arrayOID: UInt32 { 1000 }
}

extension Int16: SQLElement {
    /// `smallint[]`
    public static var arrayOID: UInt32 { 1005 }
}

extension Int32: SQLElement {
    /// `integer[]`
    public static var arrayOID: UInt32 { 1007 }
}

extension Int64: SQLElement {
    /// `bigint[]`
    public static var arrayOID: UInt32 { 1016 }
}

extension Int: SQLElement {
    /// `bigint[]`
    public static var arrayOID: UInt32 { 1016 }
}

extension Double: SQLElement {
    /// `double precision[]`
    public static var arrayOID: UInt32 { 1022 }
}

extension String: SQLElement {
    /// `text[]`
    public static var arrayOID: UInt32 { 1009 }
}

extension JSONText: SQLElement {
    /// `jsonb[]`
    public static var arrayOID: UInt32 { 3807 }
}

extension UniqueID: SQLElement {
    /// `uuid[]`
    public static var arrayOID: UInt32 { 2951 }
}

extension ID: SQLElement {
    /// `uuid[]`
    public static var arrayOID: UInt32 { 2951 }
}

extension TenantID: SQLElement {
    /// `integer[]`
    public static var arrayOID: UInt32 { 1007 }
}

extension Instant: SQLElement {
    /// `timestamptz[]`
    public static var arrayOID: UInt32 { 1185 }
}

extension Day: SQLElement {
    /// `date[]`
    public static var arrayOID: UInt32 { 1182 }
}

extension Array: FromRow where Element: SQLElement {}

extension SQLElement where Self: RawRepresentable, RawValue: SQLElement {
    /// The array of the raw value's type.
    public static var arrayOID: UInt32 { RawValue.arrayOID }
}
