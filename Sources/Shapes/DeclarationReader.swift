/// What a declaring property wrapper calls in its `init(from:)`.
public enum DeclarationReader {
    /// The value whose turn it is, or nil when there is a complaint about it.
    public static func next<Value: WireValue>(_: Value.Type, from decoder: any Decoder) throws -> Value? {
        guard let reader = decoder as? FillingDecoder else { throw NotDeclared() }
        return try reader.next()
    }
}

/// Something was asked for that is not a declared value.
private struct NotDeclared: Error {}

/// Fills a type's declared values.
///
/// Swift synthesizes `init(from:)` for every type made of `Decodable` wrappers, and that initializer asks for
/// each in the order of declaration. This decoder answers the first question with the first declaration and
/// the first input, and so on: no reflection, no look-up by name. Whether question and declaration fit is
/// proven once, by `Declarations.flaw(of:)`, and once more by the cast in `next`.
final class FillingDecoder: Decoder {
    private let declarations: Declarations
    private let inputs: [WireInput?]
    private let pointers: [String]
    private var position = 0
    var complaints = Complaints()
    var isRehearsal = false
    /// The properties asked for, kept in a rehearsal only.
    fileprivate(set) var asked: [String] = []

    init(_ declarations: Declarations, inputs: [WireInput?], pointers: [String]) {
        (self.declarations, self.inputs, self.pointers) = (declarations, inputs, pointers)
    }

    fileprivate func next<Value: WireValue>() throws -> Value? {
        guard position < inputs.count,
            let declaration = declarations.erased[position] as? Declaration<Value>
        else { throw NotDeclared() }
        defer { position += 1 }
        let count = complaints.list.count
        let value = declaration.value(of: inputs[position], &complaints)
        if value == nil, complaints.list.count == count { complaints.add("wrong_form", "cannot be read") }
        if complaints.list.count > count { complaints.place(from: count, below: pointers[position]) }
        return value
    }

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    func container<Key: CodingKey>(keyedBy: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Container<Key>(reader: self))
    }
    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw NotDeclared() }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw NotDeclared() }

    private struct Container<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let reader: FillingDecoder
        var codingPath: [any CodingKey] { [] }
        var allKeys: [Key] { [] }
        func contains(_ key: Key) -> Bool { true }

        func decode<Wrapper: Decodable>(_ type: Wrapper.Type, forKey key: Key) throws -> Wrapper {
            if reader.isRehearsal { reader.asked.append(key.stringValue) }
            return try Wrapper(from: reader)
        }

        func decodeNil(forKey key: Key) throws -> Bool { throw NotDeclared() }
        func nestedContainer<Nested: CodingKey>(
            keyedBy: Nested.Type, forKey: Key
        ) throws -> KeyedDecodingContainer<Nested> { throw NotDeclared() }
        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            throw NotDeclared()
        }
        func superDecoder() throws -> any Decoder { throw NotDeclared() }
        func superDecoder(forKey key: Key) throws -> any Decoder {
            if reader.isRehearsal { reader.asked.append(key.stringValue) }
            return reader
        }
    }
}
