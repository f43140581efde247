import CLibPQ

/// One row of an answer, read from left to right.
///
/// It cannot be copied, so it cannot outlive the answer whose memory it reads.
public struct Row: ~Copyable {
    private let result: OpaquePointer
    private let index: Int32
    /// The type of each column.
    private let types: [UInt32]
    private var column = 0

    init(of result: OpaquePointer, at index: Int32, types: [UInt32]) {
        (self.result, self.index, self.types) = (result, index, types)
    }

    /// The next column. Throws when it is NULL and the type is not optional, or of another type.
    @inlinable
    public mutating func next<Value: SQLValue>(_: Value.Type = Value.self) throws -> Value {
        try Value.read(field())
    }

    /// The next column's bytes.
    @usableFromInline
    mutating func field() throws -> Field {
        guard column < types.count else {
            throw DatabaseError.unreadable(column: column, type: 0, isNull: true)
        }
        defer { column += 1 }
        // NULL has no length; so has an empty value, and only then is it worth asking which it is.
        let (type, place) = (types[column], Int32(truncatingIfNeeded: column))
        let count = Int(PQgetlength(result, index, place))
        guard count > 0 || PQgetisnull(result, index, place) == 0,
            let start = PQgetvalue(result, index, place)
        else { return Field(bytes: nil, type: type, column: column) }
        return Field(
            bytes: UnsafeRawBufferPointer(start: start, count: count), type: type, column: column)
    }
}

/// A type that reads itself from a row, column by column, in the order of the SELECT list.
public protocol FromRow {
    /// Reads the columns with `row.next()`.
    init(_ row: inout Row) throws
}

extension FromRow where Self: SQLValue {
    /// A row of one column.
    @inlinable
    public init(_ row: inout Row) throws { self = try row.next() }
}

/// An answer of the server, owned: its memory goes when it does.
struct ResultSet: ~Copyable {
    private let result: OpaquePointer

    init(_ answer: Answer) { result = answer.result }

    deinit { PQclear(result) }

    func rows<Value: FromRow>(as _: Value.Type = Value.self) throws -> [Value] {
        let (count, types) = (rowCount, types)
        var rows: [Value] = []
        rows.reserveCapacity(count)
        for index in 0..<count {
            var row = row(at: index, types)
            rows.append(try Value(&row))
        }
        return rows
    }

    func row<Value: FromRow>(as _: Value.Type = Value.self) throws -> Value? {
        guard rowCount > 0 else { return nil }
        var row = row(at: 0, types)
        return try Value(&row)
    }

    var rowCount: Int { Int(PQntuples(result)) }

    func row(at index: Int, _ types: [UInt32]) -> Row {
        Row(of: result, at: Int32(truncatingIfNeeded: index), types: types)
    }

    var types: [UInt32] { (0..<PQnfields(result)).map { PQftype(result, $0) } }

    /// How many rows a statement touched.
    var count: Int { Self.count(of: result) }

    static func count(of result: OpaquePointer) -> Int {
        guard var digit = PQcmdTuples(result) else { return 0 }
        var count = 0
        while digit.pointee != 0 {
            count = count * 10 + Int(digit.pointee - 48)
            digit += 1
        }
        return count
    }
}

/// An answer on its way from the connection to the task that asked for it.
///
/// Unchecked: exactly one of the two holds it at a time, and both run on the connection's loop.
struct Answer: @unchecked Sendable {
    let result: OpaquePointer
}
