import Access
import Database
public import EndpointKit
public import Identity
import Reception
public import Shapes
import Tenancy
import Vocabulary

/// Ends the caller's sign-ins on all devices.
public struct RevokeAllSessions: Endpoint {
    /// `POST /v1/auth/sessions/revoke-all`
    public static let route = Route.post("/v1/auth/sessions/revoke-all")
    /// What it does.
    public static let summary = "Sign out on all my devices."
    /// Whoever has signed in.
    public static let access = Access<CallerRequest>.signedIn
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// That it was done is kept.
    public static let audit = Audit.writes("session")
    /// Leaving twice is leaving.
    public static let idempotency = Idempotency.none

    @In(.body, "Whether this device stays signed in.") var keepThis = false

    /// Inputs still empty.
    public init() {}

    /// How many ended, this one included unless it stays.
    public func respond(to request: CallerRequest) async throws -> EndedSessions {
        guard let person = request.caller.person else { return EndedSessions(count: 0) }
        let kept = keepThis ? request.caller.session : nil
        return try await request.clinic.write { clinic in
            let count = try await clinic.run(
                Session.endAll(of: person, but: kept, because: .revoked, at: request.now, in: clinic.tenant))
            AuditTrail.record(.endedAll(count), by: person, request.request, in: clinic)
            return EndedSessions(count: count)
        }
    }
}

/// How many sign-ins ended.
public struct EndedSessions: Output {
    let count: Int

    /// The answer's member.
    public static let shape = OutputShape<EndedSessions> {
        Out("ended", "How many sign-ins ended.", example: 2) { $0.count }
    }
}
