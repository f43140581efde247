import CLibPQ
import Glibc

/// The arrays that libpq wants for a statement's values, kept between calls so that none is allocated.
struct Arguments {
    private var values: [UnsafePointer<CChar>?] = []
    private var lengths: [Int32] = []
    private var binary: [Int32] = []
    private var name: [CChar] = []

    /// Prepares the statement, with the declared types, under a name made of its number.
    mutating func prepare(_ sql: SQL, as number: Int, on handle: OpaquePointer?) -> Bool {
        let types = sql.pieces.compactMap { if case .value(let type, _) = $0 { Oid(type) } else { nil } }
        spell(number)
        return PQsendPrepare(handle, name, sql.text, Int32(types.count), types) == 1
    }

    /// Runs a prepared statement; parameters and answer are binary.
    mutating func execute(_ sql: SQL, as number: Int, on handle: OpaquePointer?) -> Bool {
        spell(number)
        values.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        return sql.bytes.withUnsafeBytes { bytes in
            // An empty value needs an address too: without one it would be NULL.
            var start = bytes.baseAddress ?? UnsafeRawPointer(Self.emptyText.utf8Start)
            for case .value(_, let length) in sql.pieces {
                values.append(length < 0 ? nil : start.assumingMemoryBound(to: CChar.self))
                lengths.append(max(length, 0))
                start += Int(max(length, 0))
            }
            while binary.count < values.count { binary.append(1) }
            return PQsendQueryPrepared(handle, name, Int32(values.count), values, lengths, binary, 1) == 1
        }
    }

    private static let emptyText: StaticString = ""

    private mutating func spell(_ number: Int) {
        name.removeAll(keepingCapacity: true)
        var rest = number
        repeat {
            name.append(CChar(48 + rest % 10))
            rest /= 10
        } while rest > 0
        name.append(CChar(UInt8(ascii: "s")))
        name.reverse()
        name.append(0)
    }
}

/// Begins to connect without waiting. Resolving a host's name may block: give an address, or a socket's
/// folder.
func startConnecting(_ keywords: [(String, String)]) -> OpaquePointer? {
    let names = keywords.map { strdup($0.0) } + [nil]
    let values = keywords.map { strdup($0.1) } + [nil]
    defer { for copy in names + values { free(copy) } }
    return PQconnectStartParams(names.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, 1)
}

extension DatabaseError {
    /// Whether the server ends the connection with these words, and so whatever it had not committed.
    static func isFarewell(_ result: OpaquePointer?) -> Bool {
        guard let severity = PQresultErrorField(result, CInt(UInt8(ascii: "V"))) else { return false }
        return strcmp(severity, "FATAL") == 0 || strcmp(severity, "PANIC") == 0
    }

    /// What the server said, without DETAIL and HINT: those hold data.
    init(_ result: OpaquePointer?) {
        func field(_ letter: Unicode.Scalar) -> String? {
            PQresultErrorField(result, Int32(letter.value)).map { String(cString: $0) }
        }
        let state = SQLState(field("C") ?? "XX000")
        self = .refused(
            state, constraint: field("n"), table: field("t"),
            message: Self.message(field("M") ?? "", of: state))
    }
}
