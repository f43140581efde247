/// A statement whose text is written in the program and whose values can only travel as parameters.
///
/// Only static text can become part of it: `StringLiteralType` is `StaticString`, and every `\(value)` is a
/// numbered parameter. A fragment (`\(fragment)` where `fragment` is an `SQL`) joins with its own values.
/// No text is put together for a call: the statement is known by the addresses of its pieces, and is
/// concatenated only when a connection prepares it for the first time.
public struct SQL: ExpressibleByStringInterpolation, Sendable {
    /// Static text, or the place of one value: its bytes follow those of the value before it. A negative
    /// length is NULL.
    enum Piece: Sendable {
        case text(StaticString)
        case value(type: UInt32, length: Int32)
    }

    private(set) var pieces: [Piece] = []
    /// The values in PostgreSQL's binary form, one after the other.
    @usableFromInline var bytes: [UInt8] = []
    private(set) var fingerprint: UInt = 0

    /// A statement without values.
    public init(stringLiteral text: StaticString) {
        var parts = Parts(literalCapacity: 0, interpolationCount: 0)
        parts.appendLiteral(text)
        self.init(stringInterpolation: parts)
    }

    /// A statement with values.
    public init(stringInterpolation parts: Parts) { self = parts.sql }

    private init(interpolationCount: Int) {
        pieces.reserveCapacity(2 * interpolationCount + 1)
        bytes.reserveCapacity(16 * interpolationCount)
    }

    /// Collects what stands between the quotes.
    public struct Parts: StringInterpolationProtocol {
        @usableFromInline var sql: SQL

        /// Starts empty.
        public init(literalCapacity: Int, interpolationCount: Int) {
            sql = SQL(interpolationCount: interpolationCount)
        }

        /// Text of the program.
        public mutating func appendLiteral(_ literal: StaticString) { sql.append(literal) }

        /// A value: becomes `$n`, never text. Nil is NULL; declared optional, because the compiler suspects a
        /// mistake where an optional is interpolated into anything else.
        ///
        /// Inlined, so that the statement's own module knows the type: called through witnesses, putting a
        /// statement together cost a fifth of a booking.
        @inlinable
        public mutating func appendInterpolation<Value: SQLValue>(_ value: Value?) {
            guard let value, !value.isNull else { return sql.appendNull(of: Value.oid) }
            let start = sql.bytes.count
            value.write(to: &sql.bytes)
            sql.appendValue(of: Value.oid, from: start)
        }

        /// A piece of another statement, with its values.
        public mutating func appendInterpolation(_ fragment: SQL) { sql.append(fragment) }
    }

    /// Two pieces of static text in a row, for the few statements whose grammar allows no parameter.
    init(_ verb: StaticString, _ name: StaticString) {
        self.init(interpolationCount: 0)
        append(verb)
        append(name)
    }

    private mutating func append(_ literal: StaticString) {
        guard literal.utf8CodeUnitCount > 0 else { return }
        pieces.append(.text(literal))
        mix(UInt(bitPattern: literal.utf8Start))
        mix(UInt(bitPattern: literal.utf8CodeUnitCount))
    }

    @usableFromInline
    mutating func appendValue(of type: UInt32, from start: Int) {
        pieces.append(.value(type: type, length: Int32(bytes.count - start)))
        mix(UInt(type))
    }

    @usableFromInline
    mutating func appendNull(of type: UInt32) {
        pieces.append(.value(type: type, length: -1))
        mix(UInt(type))
    }

    private mutating func append(_ fragment: SQL) {
        pieces += fragment.pieces
        bytes += fragment.bytes
        mix(fragment.fingerprint)
    }

    private mutating func mix(_ number: UInt) {
        fingerprint = (fingerprint ^ number) &* 0x9E37_79B9_7F4A_7C15
        fingerprint ^= fingerprint >> 29
    }

    /// The text as the server sees it. Costs an allocation: asked for once per connection and statement.
    public var text: String {
        var (text, values) = ("", 0)
        for piece in pieces {
            switch piece {
            case .text(let literal): text += literal.description
            case .value:
                values += 1
                text += "$\(values)"
            }
        }
        return text
    }
}

/// A statement without its values: what a connection prepares once.
struct StatementKey: Hashable {
    let pieces: [SQL.Piece]
    let fingerprint: UInt

    init(_ sql: SQL) { (pieces, fingerprint) = (sql.pieces, sql.fingerprint) }

    static func == (left: StatementKey, right: StatementKey) -> Bool {
        left.fingerprint == right.fingerprint && left.pieces.elementsEqual(right.pieces, by: ===)
    }

    func hash(into hasher: inout Hasher) { hasher.combine(fingerprint) }
}

/// The same place in the program's text, or the same type of value: never a comparison of characters.
private func === (left: SQL.Piece, right: SQL.Piece) -> Bool {
    switch (left, right) {
    case (.text(let one), .text(let other)):
        one.utf8Start == other.utf8Start && one.utf8CodeUnitCount == other.utf8CodeUnitCount
    case (.value(let one, _), .value(let other, _)): one == other
    default: false
    }
}
