import EndpointKit
import Tenancy
import Vocabulary

/// What a token or a key proves, and for how long.
struct Evidence: Sendable {
    /// The clinic at which it counts.
    let tenant: ID<Tenant>
    let expiresAt: Instant
    /// The sign-in that a token is of; nil for a key, which is looked up by itself.
    let signIn: (person: Person, session: ID<Session>)?

    init(_ token: AccessToken) {
        (tenant, expiresAt, signIn) = (token.tenant, token.expiresAt, (token.person, token.session))
    }

    init(_ key: KnownKey, at tenant: ID<Tenant>) {
        (self.tenant, expiresAt, signIn) = (tenant, key.expiresAt, nil)
    }

    /// What it is answered at another clinic: a token says whose it is, a key is nothing there.
    var refusalElsewhere: Problem { signIn == nil ? .signInRequired : .wrongClinic }
}
