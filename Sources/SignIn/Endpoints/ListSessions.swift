import Database
public import EndpointKit
public import Identity
public import Shapes
import Tenancy
import Vocabulary

/// Lists the devices on which the caller has signed in.
public struct ListSessions: Endpoint {
    /// `GET /v1/auth/sessions`
    public static let route = Route.get("/v1/auth/sessions")
    /// What it does.
    public static let summary = "List the devices on which I have signed in here."
    /// Whoever has signed in.
    public static let access = Access<CallerRequest>.signedIn
    /// A person's clicks.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// One's own devices are nobody else's data.
    public static let audit = Audit.silent

    /// Nothing to fill.
    public init() {}

    /// Every sign-in that has not ended, this one too.
    public func respond(to request: CallerRequest) async throws -> Page<OwnSession> {
        guard let person = request.caller.person else { return Page([]) }
        let open: [Session] = try await request.clinic.rows(
            Session.open(of: person, at: request.now, in: request.tenant.id))
        return Page(open.map { OwnSession(session: $0, isCurrent: $0.id == request.caller.session) })
    }
}

/// One sign-in, as the person sees it whose it is.
public struct OwnSession: Output {
    let session: Session
    let isCurrent: Bool

    /// The answer's members.
    public static let shape = OutputShape<OwnSession> {
        Out("id", "The sign-in.") { $0.session.id }
        Out("device", "What the device called itself.", example: "Mozilla/5.0 (X11; Linux x86_64)") {
            $0.session.device
        }
        Out("address", "From where it was.", example: "203.0.113.7") { $0.session.address }
        Out("method", "By what it was proven who it is.", example: "code") { $0.session.method.rawValue }
        Out("created_at", "When it was.") { $0.session.createdAt }
        Out("seen_at", "When it was last refreshed.") { $0.session.seenAt }
        Out("expires_at", "When it ends by itself.") { $0.session.expiresAt }
        Out("current", "Whether this call came by it.") { $0.isCurrent }
    }
}
