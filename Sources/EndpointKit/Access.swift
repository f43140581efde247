/// Who an endpoint is open to.
public enum Audience: String, Hashable, Sendable, CaseIterable {
    /// Whoever can reach the server.
    case anyone
    /// Whoever has signed in to this clinic.
    case signedIn = "signed_in"
    /// Whoever holds the permission that the access names.
    case permitted
}

/// A request whose maker has proven within the last minutes who they are: what the handler is given says
/// that the proof is asked for, so no declaration can say otherwise.
public protocol FreshlyProven {}

/// Who may call an endpoint, as data: Access turns it into a check, the document prints it.
///
/// It is generic over what the handler receives, so that the rooms that know callers can offer only the
/// constructors that fit: an endpoint that is handed a permit cannot be declared open to anyone.
public struct Access<Request: Sendable>: Hashable, Sendable {
    /// Who it is open to.
    public let audience: Audience
    /// The permission's name, where one is needed.
    public let permission: String?
    /// Whose things the handler can tell apart, in words: a right to fewer is no right here.
    public let reaches: [String]
    /// What the handler can leave out of its answer, in words: a right less something else is no right here.
    public let limits: [String]
    /// Whether the caller must have proven lately who they are.
    public var needsFreshProof: Bool { Request.self is any FreshlyProven.Type }

    /// For the rooms that know what `Request` proves.
    public init(
        _ audience: Audience, permission: String? = nil, reaches: [String] = [], limits: [String] = []
    ) {
        (self.audience, self.permission, self.reaches, self.limits) = (audience, permission, reaches, limits)
    }
}
