/// Why there is no answer.
public struct OutgoingFault: Error, Sendable, Equatable {
    /// What went wrong, as far as whoever asked can do something about it.
    public enum Kind: String, Sendable {
        /// Not an address that can be asked: misspelt, or of a scheme that is not allowed here.
        case badAddress
        /// The guard let none of the name's addresses through.
        case refusedAddress
        /// The name is not known.
        case unresolved
        /// Nobody listens there.
        case unreachable
        /// The certificate does not prove that this is the server, or there is no encryption where there must
        /// be.
        case untrusted
        /// The server did not accept the name and the password.
        case signInRefused
        /// It took longer than the limit.
        case timeout
        /// The answer was longer than the limit.
        case tooLarge
        /// It was sent elsewhere too often.
        case tooManyRedirects
        /// The connection was cut, or what came was no answer.
        case broken
        /// Too many requests are under way on this loop.
        case busy
    }

    /// What went wrong.
    public let kind: Kind
    /// Whether the server may have done what was asked although nobody heard its answer. When this is false
    /// asking again cannot do anything twice.
    public let mayHaveArrived: Bool

    /// A fault of some kind.
    public init(_ kind: Kind, mayHaveArrived: Bool = false) {
        (self.kind, self.mayHaveArrived) = (kind, mayHaveArrived)
    }
}
