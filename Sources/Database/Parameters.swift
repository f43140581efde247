/// The values of one statement in PostgreSQL's binary form, one after the other in one buffer.
struct Parameters: Sendable {
    /// Where one value lies in the buffer; a negative length is NULL.
    struct Place: Sendable {
        let type: UInt32
        let start: Int32
        let length: Int32
    }

    private(set) var bytes: [UInt8] = []
    private(set) var places: [Place] = []

    mutating func append<Value: SQLValue>(_ value: Value) {
        let start = bytes.count
        guard !value.isNull else {
            places.append(Place(type: Value.oid, start: Int32(start), length: -1))
            return
        }
        value.write(to: &bytes)
        places.append(Place(type: Value.oid, start: Int32(start), length: Int32(bytes.count - start)))
        // An empty value needs an address too: without one it would be NULL.
        if bytes.isEmpty { bytes.append(0) }
    }

    mutating func append(contentsOf others: Parameters) {
        let offset = Int32(bytes.count)
        bytes += others.bytes
        places += others.places.map { Place(type: $0.type, start: $0.start + offset, length: $0.length) }
    }
}
