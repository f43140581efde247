/// The request line and fields, kept as the bytes that arrived; a `String` is made only for what is asked.
public struct RequestHead: Sendable {
    /// Heads are at most 16 KiB, so an offset fits two bytes and a field eight.
    struct Field {
        let name: Range<UInt16>
        let value: Range<UInt16>
    }

    /// What is asked for.
    public internal(set) var method = HTTPMethod.get
    /// Whether the client speaks HTTP/1.1 rather than 1.0.
    public internal(set) var isVersion11 = true
    /// The announced length, when the body is not chunked.
    public internal(set) var contentLength: Int?
    /// Whether the body comes in chunks.
    public internal(set) var isChunked = false
    var keepsAlive = true
    var expectsContinue = false
    var bytes: [UInt8] = []
    var fields: [Field] = []
    var pathRange = 0..<0
    var queryRange = 0..<0

    /// Whether a body follows the head.
    public var announcesBody: Bool { isChunked || (contentLength ?? 0) > 0 }

    /// The path as sent: percent-encoded, beginning with a slash (or `*` for OPTIONS).
    public var path: String { String(decoding: bytes[pathRange], as: UTF8.self) }

    /// What follows the question mark, as sent; empty when there is none.
    public var query: String { String(decoding: bytes[queryRange], as: UTF8.self) }

    /// The value of a field; several fields of one name are joined by a comma, as RFC 9110 has it.
    public subscript(_ name: FieldName) -> String? {
        var found: String?
        for field in fields where matches(field, name) {
            let value = String(decoding: bytes[field.valueIndices], as: UTF8.self)
            found = found.map { "\($0), \(value)" } ?? value
        }
        return found
    }

    /// The value of a field whose name is only known when the program runs, such as a declared input's.
    public subscript(named name: String) -> String? {
        var found: String?
        for field in fields where bytes[field.nameIndices].equalsIgnoringCase(name.utf8) {
            let value = String(decoding: bytes[field.valueIndices], as: UTF8.self)
            found = found.map { "\($0), \(value)" } ?? value
        }
        return found
    }

    /// Every value of a field, in the order sent.
    public func values(of name: FieldName) -> [String] {
        fields.filter { matches($0, name) }.map { String(decoding: bytes[$0.valueIndices], as: UTF8.self) }
    }

    /// The raw value of the only field of that name; nil when there is none, or more than one.
    public func withField<Result>(
        _ name: FieldName, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result? {
        var found: Field?
        for field in fields where matches(field, name) {
            if found != nil { return nil }
            found = field
        }
        guard let found else { return nil }
        return bytes.withUnsafeBufferPointer { body(.init(rebasing: $0[found.valueIndices])) }
    }

    /// The path's bytes as sent, without making a String.
    public func withPath<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { body(.init(rebasing: $0[pathRange])) }
    }

    func has(_ name: FieldName) -> Bool { fields.contains { matches($0, name) } }

    private func matches(_ field: Field, _ name: FieldName) -> Bool {
        guard field.name.count == name.text.utf8CodeUnitCount else { return false }
        return bytes.withUnsafeBufferPointer { name.matches(.init(rebasing: $0[field.nameIndices])) }
    }
}

extension RequestHead.Field {
    var nameIndices: Range<Int> { Int(name.lowerBound)..<Int(name.upperBound) }
    var valueIndices: Range<Int> { Int(value.lowerBound)..<Int(value.upperBound) }
}
