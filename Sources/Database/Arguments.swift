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
        let types = sql.parameters.places.map { Oid($0.type) }
        spell(number)
        return PQsendPrepare(handle, name, sql.text, Int32(types.count), types) == 1
    }

    /// Runs a prepared statement; parameters and answer are binary.
    mutating func execute(_ parameters: Parameters, as number: Int, on handle: OpaquePointer?) -> Bool {
        spell(number)
        let places = parameters.places
        values.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        while binary.count < places.count { binary.append(1) }
        return parameters.bytes.withUnsafeBytes { bytes in
            for place in places {
                lengths.append(max(place.length, 0))
                let start = bytes.baseAddress.map {
                    ($0 + Int(place.start)).assumingMemoryBound(to: CChar.self)
                }
                values.append(place.length < 0 ? nil : start)
            }
            return PQsendQueryPrepared(handle, name, Int32(places.count), values, lengths, binary, 1) == 1
        }
    }

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
