import Database
public import EndpointKit
public import Identity
import Shapes
import Tenancy

/// Lists the caller's passkeys.
public struct ListPasskeys: Endpoint {
    /// `GET /v1/auth/passkeys`
    public static let route = Route.get("/v1/auth/passkeys")
    /// What it does.
    public static let summary = "List my passkeys, the oldest first."
    /// Whoever has signed in.
    public static let access = Access<CallerRequest>.signedIn
    /// A person's clicks.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// One's own passkeys are nobody else's data.
    public static let audit = Audit.silent

    /// Nothing to fill.
    public init() {}

    /// All of them: there are few.
    public func respond(to request: CallerRequest) async throws -> Page<Passkey> {
        guard let person = request.caller.person else { return Page([]) }
        return Page(try await request.clinic.rows(Passkey.all(of: person, in: request.tenant.id)))
    }
}
