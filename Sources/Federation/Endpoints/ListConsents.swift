import Database
public import EndpointKit
public import Identity
import Shapes
import Tenancy

/// Lists the programs that the caller has let know who they are.
public struct ListConsents: Endpoint {
    /// `GET /v1/auth/programs`
    public static let route = Route.get("/v1/auth/programs")
    /// What it does.
    public static let summary = "List the programs that I have let know who I am."
    /// Whoever has signed in.
    public static let access = Access<CallerRequest>.signedIn
    /// A person's clicks.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// One's own word is nobody else's data.
    public static let audit = Audit.silent

    /// Nothing to fill.
    public init() {}

    /// All of them: there are few.
    public func respond(to request: CallerRequest) async throws -> Page<ProgramConsent> {
        guard let person = request.caller.person else { return Page([]) }
        return Page(try await request.clinic.rows(ProgramConsent.all(of: person, in: request.tenant.id)))
    }
}
