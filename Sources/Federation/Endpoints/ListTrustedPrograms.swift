public import Access
import Database
public import EndpointKit
import Reception
import Shapes
import Tenancy

/// Lists the programs that people sign in to by the clinic.
public struct ListTrustedPrograms: Endpoint {
    /// `GET /v1/oauth-clients`
    public static let route = Route.get("/v1/oauth-clients")
    /// What it does.
    public static let summary = "List the programs that people sign in to by this clinic, the oldest first."
    /// Whoever may see how the clinic is set up.
    public static let access = Access<Permit<SeeFederation>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent

    /// No inputs.
    public init() {}

    /// All of them: there are few.
    public func respond(to permit: Permit<SeeFederation>) async throws -> Page<TrustedProgram> {
        Page(try await permit.clinic.rows(TrustedProgram.all(in: permit.tenant.id)))
    }
}
