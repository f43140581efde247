public import Access
import Database
public import EndpointKit
import Reception
import Shapes
import Tenancy

/// Lists the clinic's own OpenID providers, those by which nobody comes in too.
public struct ListTrustedIssuers: Endpoint {
    /// `GET /v1/openid-providers`
    public static let route = Route.get("/v1/openid-providers")
    /// What it does.
    public static let summary = "List the clinic's own OpenID providers, the oldest first."
    /// Whoever may see how the clinic is set up.
    public static let access = Access<Permit<SeeFederation>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent

    /// No inputs.
    public init() {}

    /// All of them: there are few.
    public func respond(to permit: Permit<SeeFederation>) async throws -> Page<TrustedIssuer> {
        Page(try await permit.clinic.rows(TrustedIssuer.all(in: permit.tenant.id)))
    }
}
