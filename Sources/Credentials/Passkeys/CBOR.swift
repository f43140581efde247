/// A value in the form in which authenticators write (RFC 8949, with the restrictions of CTAP2): the shortest
/// spelling of every number, no length without end, no name twice, no tag, no fraction.
indirect enum CBOR: Hashable, Sendable {
    case integer(Int64)
    case bytes([UInt8])
    case text(String)
    case list([CBOR])
    case map([Pair])
    case bool(Bool)
    case null

    /// A member of a map.
    struct Pair: Hashable, Sendable {
        let name: CBOR
        let value: CBOR
    }

    /// Not such a value, or more of it than an authenticator has to say.
    struct Fault: Error, Hashable {}

    /// The member of that name; nil where it is missing or this is no map.
    subscript(name: CBOR) -> CBOR? {
        guard case .map(let pairs) = self else { return nil }
        return pairs.first { $0.name == name }?.value
    }
    subscript(name: String) -> CBOR? { self[.text(name)] }
    subscript(name: Int64) -> CBOR? { self[.integer(name)] }

    var integerValue: Int64? { if case .integer(let value) = self { value } else { nil } }
    var bytesValue: [UInt8]? { if case .bytes(let value) = self { value } else { nil } }
    var textValue: String? { if case .text(let value) = self { value } else { nil } }

    /// Reads one value that is everything there is.
    init(parsing bytes: [UInt8]) throws(Fault) {
        var reader = CBORReader(bytes[...])
        self = try reader.value()
        guard reader.rest.isEmpty else { throw Fault() }
    }

    /// Reads the value that the bytes begin with, and gives back what follows it.
    static func first(of bytes: ArraySlice<UInt8>) throws(Fault) -> (CBOR, rest: ArraySlice<UInt8>) {
        var reader = CBORReader(bytes)
        return (try reader.value(), reader.rest)
    }
}

/// Reads from the front, and never more than is there.
private struct CBORReader {
    /// Lists and maps within each other, as CTAP2 has it.
    private static let depthMax = 4
    /// Elements of one list or map: an attestation has some ten.
    private static let elementsMax = 64

    private(set) var rest: ArraySlice<UInt8>
    private var depth = 0

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func value() throws(CBOR.Fault) -> CBOR {
        let first = try byte()
        let kind = first >> 5
        if kind == 7 { return try simple(first & 31) }
        let number = try argument(first & 31)
        switch kind {
        case 0: return .integer(try signed(number))
        case 1: return .integer(-1 - (try signed(number)))
        case 2: return .bytes(Array(try take(number)))
        case 3:
            guard let text = String(validating: try take(number), as: UTF8.self) else { throw CBOR.Fault() }
            return .text(text)
        case 4: return try list(of: number)
        case 5: return try map(of: number)
        default: throw CBOR.Fault()
        }
    }

    private func simple(_ value: UInt8) throws(CBOR.Fault) -> CBOR {
        switch value {
        case 20: return .bool(false)
        case 21: return .bool(true)
        case 22: return .null
        default: throw CBOR.Fault()
        }
    }

    private mutating func list(of count: UInt64) throws(CBOR.Fault) -> CBOR {
        try enter(count)
        var items: [CBOR] = []
        for _ in 0..<count { items.append(try value()) }
        depth -= 1
        return .list(items)
    }

    private mutating func map(of count: UInt64) throws(CBOR.Fault) -> CBOR {
        try enter(count)
        var pairs: [CBOR.Pair] = []
        for _ in 0..<count {
            let name = try name()
            guard !pairs.contains(where: { $0.name == name }) else { throw CBOR.Fault() }
            pairs.append(CBOR.Pair(name: name, value: try value()))
        }
        depth -= 1
        return .map(pairs)
    }

    /// Names are numbers or texts: nothing else has ever been one.
    private mutating func name() throws(CBOR.Fault) -> CBOR {
        let name = try value()
        switch name {
        case .integer, .text: return name
        default: throw CBOR.Fault()
        }
    }

    private mutating func enter(_ count: UInt64) throws(CBOR.Fault) {
        depth += 1
        guard depth <= Self.depthMax, count <= Self.elementsMax else { throw CBOR.Fault() }
    }

    /// The number in or behind the first byte; one that would have fitted into less is a second spelling.
    private mutating func argument(_ short: UInt8) throws(CBOR.Fault) -> UInt64 {
        guard short >= 24 else { return UInt64(short) }
        guard short <= 27 else { throw CBOR.Fault() }
        let width = 1 << Int(short - 24)
        let number = try take(UInt64(width)).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let smallest: UInt64 = width == 1 ? 24 : 1 << (UInt64(width) * 4)
        guard number >= smallest else { throw CBOR.Fault() }
        return number
    }

    private func signed(_ number: UInt64) throws(CBOR.Fault) -> Int64 {
        guard let signed = Int64(exactly: number) else { throw CBOR.Fault() }
        return signed
    }

    private mutating func byte() throws(CBOR.Fault) -> UInt8 {
        guard let byte = rest.popFirst() else { throw CBOR.Fault() }
        return byte
    }

    private mutating func take(_ count: UInt64) throws(CBOR.Fault) -> ArraySlice<UInt8> {
        guard count <= UInt64(rest.count) else { throw CBOR.Fault() }
        let taken = rest.prefix(Int(count))
        rest = rest.dropFirst(Int(count))
        return taken
    }
}
