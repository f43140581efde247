/// How often an endpoint may be called.
public enum Limit: Hashable, Sendable {
    /// As often as the server's general limits allow.
    case none
    /// By one caller.
    case perCaller(Int, per: Duration)
    /// From one address: for what can be called without signing in.
    case perAddress(Int, per: Duration)

    /// Calls and window, where there is a limit.
    public var quota: (calls: Int, window: Duration)? {
        switch self {
        case .none: nil
        case .perCaller(let calls, let window), .perAddress(let calls, let window): (calls, window)
        }
    }
}

/// What the audit trail keeps of a call.
public enum Audit: Hashable, Sendable {
    /// Nothing: the endpoint shows and changes nothing about a person.
    case silent
    /// That such a thing was seen.
    case reads(String)
    /// That such a thing was changed.
    case writes(String)
}

/// What a repeated call does.
public enum Idempotency: Hashable, Sendable {
    /// The method says it already: reading and removing twice is the same as once.
    case none
    /// With an `Idempotency-Key` the first answer is given again; without one, the call counts anew.
    case keyed
    /// The key must be sent.
    case demanded
}

/// Whether a change must name the revision it was decided on.
public enum Precondition: Hashable, Sendable {
    /// It need not.
    case none
    /// `If-Match` must be sent: 428 without it, 412 when the thing has changed since.
    case demanded
}
