/// Why bytes are not a JSON document we take, and where.
///
/// The words never repeat a value from the document: a fault is logged and answered, and the value may be a
/// patient's.
public struct JSONFault: Error, Hashable, Sendable {
    /// What kind of fault; clients may branch on it.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        case syntax
        case unexpectedEnd = "unexpected_end"
        case trailingBytes = "trailing_bytes"
        case duplicateKey = "duplicate_key"
        case tooDeep = "too_deep"
        case tooLarge = "too_large"
        case tooManyMembers = "too_many_members"
        case loneSurrogate = "lone_surrogate"
        case nul
        case invalidUTF8 = "invalid_utf8"
        case numberOutOfRange = "number_out_of_range"
        case wrongType = "wrong_type"
    }

    /// RFC 6901 pointer to the value, or to the member, at which reading stopped.
    public let pointer: String
    /// What kind of fault it is.
    public let code: Code
    /// The fault in words.
    public let detail: String
    /// The byte at which it was found.
    public let offset: Int

    /// A fault found by a reader of one's own, on top of `JSONReader`.
    public init(pointer: String, code: Code, detail: String, offset: Int) {
        self.pointer = pointer
        self.code = code
        self.detail = detail
        self.offset = offset
    }
}

extension JSONFault: CustomStringConvertible {
    /// One line for a log or a terminal.
    public var description: String {
        "\(pointer.isEmpty ? "the document" : pointer): \(detail) (byte \(offset))"
    }
}
