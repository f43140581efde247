public import Access
import Database
public import EndpointKit
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Reads one of the clinic's own OpenID providers.
public struct ReadTrustedIssuer: Endpoint {
    /// `GET /v1/openid-providers/{provider}`
    public static let route = Route.get("/v1/openid-providers/{provider}")
    /// What it does.
    public static let summary = "Read one of the clinic's own OpenID providers."
    /// Whoever may see how the clinic is set up.
    public static let access = Access<Permit<SeeFederation>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent
    /// It may be gone.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The provider.") var provider: ID<TrustedIssuer>

    /// Inputs still empty.
    public init() {}

    /// Without the clinic's secret there.
    public func respond(to permit: Permit<SeeFederation>) async throws -> TrustedIssuer {
        try await permit.clinic.found(
            TrustedIssuer.withID(provider, in: permit.tenant.id))
    }
}
