import Access
import Database
public import EndpointKit
public import Identity
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Ends the caller's sign-ins on all devices.
public struct RevokeAllSessions: Endpoint {
    /// `POST /v1/auth/sessions/revoke-all`
    public static let route = Route.post("/v1/auth/sessions/revoke-all")
    /// What it does.
    public static let summary = "Sign out on all my devices."
    /// What a caller must know.
    public static let details = """
        Their tokens count nowhere any more within five seconds, and their streams end. Programs that call by an API key for which \
        the caller answers go on; the answer says how many keys those are, and `DELETE /v1/api-keys/{key}` ends one.
        """
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
    public func respond(to request: CallerRequest) async throws -> EndedAccess {
        guard let person = request.caller.person else { return EndedAccess(sessions: 0, keysKept: 0) }
        let kept = keepThis ? request.caller.session : nil
        return try await request.clinic.write { clinic in
            let count = try await clinic.run(
                Session.endAll(of: person, but: kept, because: .revoked, at: request.now, in: clinic.tenant))
            AuditTrail.record(.endedAll(count), by: person, request.request, in: clinic)
            guard let keeper = request.caller.staffMember else {
                return EndedAccess(sessions: count, keysKept: 0)
            }
            let kept: Int? = try await clinic.row(
                APIKey.count(of: keeper, at: request.now, in: clinic.tenant))
            return EndedAccess(sessions: count, keysKept: kept ?? 0)
        }
    }
}
