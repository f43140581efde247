/// How often an endpoint may be called.
public enum Limit: Hashable, Sendable {
    /// As often as the server's general limits allow.
    case none
    /// By one caller.
    case perCaller(Int, per: Duration)
    /// From one address: for what can be called without signing in.
    case perAddress(Int, per: Duration)
    /// As often as all endpoints of the class may be called together, by one caller; from one address where
    /// nobody is known yet.
    case of(LimitClass)

    /// Calls and window, where there is a limit.
    public var quota: (calls: Int, window: Duration)? {
        switch self {
        case .none: nil
        case .perCaller(let calls, let window), .perAddress(let calls, let window): (calls, window)
        case .of(let members): members.quota
        }
    }
}

/// Endpoints that are alike in what their abuse would cost, and therefore counted together.
public enum LimitClass: String, Hashable, Sendable, CaseIterable {
    /// Proving who one is.
    case login
    /// What can do much harm in few calls: secrets, roles, everything at once.
    case sensitive
    /// Asking for a new password.
    case passwordReset = "password_reset"
    /// Sending files.
    case upload
    /// Looking for persons by what one knows of them.
    case search
    /// Keeping others out for a while.
    case hold

    /// How many calls in how much time.
    public var quota: (calls: Int, window: Duration) {
        switch self {
        case .login: (10, .seconds(900))
        case .sensitive: (5, .seconds(900))
        case .passwordReset: (3, .seconds(3600))
        case .upload: (20, .seconds(900))
        case .search: (30, .seconds(60))
        case .hold: (30, .seconds(300))
        }
    }

    /// How many times as much is allowed from where a clinic says that its staff sits: a whole house behind
    /// one address begins at eight.
    public var staffNetworkFactor: Int { self == .login ? 30 : 1 }

    /// The name under which callers see it.
    public var label: StaticString {
        switch self {
        case .login: "login"
        case .sensitive: "sensitive"
        case .passwordReset: "password_reset"
        case .upload: "upload"
        case .search: "search"
        case .hold: "hold"
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
    /// That such a thing was set up otherwise, and for each place of it what stood there and what stands
    /// there now. The rows tell it (`tell_change` in Migrations).
    case changes(String)

    /// `reads appointment`; nil where nothing is kept.
    var words: String? {
        switch self {
        case .silent: nil
        case .reads(let kind): "reads \(kind)"
        case .writes(let kind): "writes \(kind)"
        case .changes(let kind): "changes \(kind)"
        }
    }
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
