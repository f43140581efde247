/// What a declaring property wrapper calls in its `init(from:)`.
public enum DeclarationReader {
    /// The value whose turn it is, or nil when there is a complaint about it.
    @inlinable
    public static func next<Value: WireValue>(_: Value.Type, from decoder: any Decoder) throws -> Value? {
        guard let reader = decoder as? FillingDecoder, let declaration = reader.turn as? Declaration<Value>
        else { throw NotDeclared() }
        let value = declaration.value(of: reader.input, &reader.complaints)
        reader.stepOn(isRead: value != nil)
        return value
    }
}

/// Something was asked for that is not a declared value.
@usableFromInline struct NotDeclared: Error {
    @usableFromInline init() {}
}

/// Fills a type's declared values.
///
/// Swift synthesizes `init(from:)` for every type made of `Decodable` wrappers, and that initializer asks for
/// each in the order of declaration. This decoder answers the first question with the first declaration and
/// the first input, and so on: no reflection, no look-up by name. Whether question and declaration fit is
/// proven once, by `Declarations.flaw(of:)`, and once more by the cast in `next`.
@usableFromInline
final class FillingDecoder: Decoder {
    private let declarations: Declarations
    private let inputs: [WireInput?]
    private let pointers: [String]
    private var position = 0
    /// How many of the complaints are about what was asked for before.
    private var settled = 0
    @usableFromInline var complaints = Complaints()
    var isRehearsal = false
    /// The properties asked for, kept in a rehearsal only.
    fileprivate(set) var asked: [String] = []

    init(_ declarations: Declarations, inputs: [WireInput?], pointers: [String]) {
        (self.declarations, self.inputs, self.pointers) = (declarations, inputs, pointers)
    }

    /// What is declared next; nil when all have been asked for.
    @usableFromInline var turn: (any AnyDeclaration)? {
        position < inputs.count ? declarations.erased[position] : nil
    }

    /// What was sent for it.
    @usableFromInline var input: WireInput? { inputs[position] }

    /// Says where the new complaints are about, and goes on to the next.
    @usableFromInline
    func stepOn(isRead: Bool) {
        if !isRead, complaints.list.count == settled { complaints.add("wrong_form", "cannot be read") }
        if complaints.list.count > settled {
            complaints.place(from: settled, below: pointers[position])
            settled = complaints.list.count
        }
        position += 1
    }

    @usableFromInline var codingPath: [any CodingKey] { [] }
    @usableFromInline var userInfo: [CodingUserInfoKey: Any] { [:] }
    @usableFromInline
    func container<Key: CodingKey>(keyedBy: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Container<Key>(reader: self))
    }
    @usableFromInline
    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw NotDeclared() }
    @usableFromInline
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
