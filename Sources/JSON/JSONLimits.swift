/// How much a document may ask of the reader. Every limit is on purpose small: a body is a form, not a file.
public struct JSONLimits: Hashable, Sendable {
    /// Bytes of the whole document.
    public var bytes: Int
    /// Objects and arrays within each other.
    public var depth: Int
    /// Bytes of one string, as it stands in the document.
    public var stringBytes: Int
    /// Members of one object.
    public var members: Int
    /// Characters of one number.
    public var numberBytes: Int

    /// Limits for a case of its own; what is not said is as in `standard`.
    public init(
        bytes: Int = 1 << 20, depth: Int = 64, stringBytes: Int = 1 << 18, members: Int = 1_000,
        numberBytes: Int = 128
    ) {
        self.bytes = bytes
        self.depth = depth
        self.stringBytes = stringBytes
        self.members = members
        self.numberBytes = numberBytes
    }

    /// What a request's body gets; the route's own size limit comes before it.
    public static let standard = JSONLimits()
}
