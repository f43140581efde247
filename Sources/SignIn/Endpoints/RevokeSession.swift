import Access
import Database
public import EndpointKit
public import Identity
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Ends one of the caller's sign-ins: on a telephone that was lost.
public struct RevokeSession: Endpoint {
    /// `DELETE /v1/auth/sessions/{session}`
    public static let route = Route.delete("/v1/auth/sessions/{session}")
    /// What it does.
    public static let summary = "Sign out on one of my devices."
    /// What a caller must know.
    public static let details = "Its tokens open nothing within seconds. Somebody else's is not found."
    /// Whoever has signed in.
    public static let access = Access<CallerRequest>.signedIn
    /// A person's clicks.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// Which ended is kept.
    public static let audit = Audit.writes("session")
    /// It may be somebody else's, or over.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The sign-in.") var session: ID<Session>

    /// Inputs still empty.
    public init() {}

    /// Somebody else's is not there.
    public func respond(to request: CallerRequest) async throws -> NoContent {
        guard let person = request.caller.person else { throw Problem.notFound }
        try await request.clinic.write { clinic in
            let ended = try await clinic.run(
                Session.end(session, of: person, because: .revoked, at: request.now, in: clinic.tenant))
            guard ended == 1 else { throw Problem.notFound }
            AuditTrail.record(.ended(session), by: person, request.request, in: clinic)
        }
        return NoContent()
    }
}
