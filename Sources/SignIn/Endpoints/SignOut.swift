import Access
import Database
public import EndpointKit
import HTTP
public import Identity
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Ends the caller's own sign-in on this device.
public struct SignOut: Endpoint {
    /// `POST /v1/auth/logout`
    public static let route = Route.post("/v1/auth/logout")
    /// What it does.
    public static let summary = "Sign out on this device."
    /// What a caller must know.
    public static let details = "Its tokens count nowhere any more, within five seconds, and its streams end."
    /// Whoever has signed in.
    public static let access = Access<CallerRequest>.signedIn
    /// Only the server's general limits.
    public static let limit = Limit.none
    /// When somebody left is kept.
    public static let audit = Audit.writes("session")
    /// Leaving twice is leaving.
    public static let idempotency = Idempotency.none

    /// Nothing to fill.
    public init() {}

    /// Ends what the token belongs to.
    public func respond(to request: CallerRequest) async throws -> NoContent {
        guard let person = request.caller.person else { return NoContent() }
        let session = request.caller.session
        try await request.clinic.write { clinic in
            try await clinic.run(
                Session.end(session, of: person, because: .signedOut, at: request.now, in: clinic.tenant))
            AuditTrail.record(.ended(session), by: person, request.request, in: clinic)
        }
        return NoContent()
    }

    /// Nothing to say, and no cookies left.
    static func response(_: NoContent) -> HTTPResponse {
        var response = HTTPResponse(status: 204)
        for name in [CookieToken.accessName, CookieToken.refreshName] {
            if let cookie = SetCookie.removal(of: name) { response.fields.add(cookie) }
        }
        return response
    }
}
