public import Access
import Database
public import EndpointKit
import Identity
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Takes an OpenID provider's word no longer.
public struct RemoveTrustedIssuer: Endpoint {
    /// `DELETE /v1/openid-providers/{provider}`
    public static let route = Route.delete("/v1/openid-providers/{provider}")
    /// What it does.
    public static let summary =
        "Remove an OpenID provider of the clinic's; who came in by it stays signed in."
    /// What a caller must know.
    public static let details = """
        Whom it meant by what goes with it: one that is added anew finds staff by their mail address, the first time.
        """
    /// Whoever may take away what the clinic has set up.
    public static let access = Access<Permit<RemoveFederation>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(60, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.changes("trusted_issuer")
    /// It may be gone already.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The provider.") var provider: ID<TrustedIssuer>

    /// Inputs still empty.
    public init() {}

    /// Whom it meant by what goes with its row.
    public func respond(to permit: Permit<RemoveFederation>) async throws -> NoContent {
        try await permit.write { clinic in
            guard try await clinic.run(TrustedIssuer.remove(provider, in: clinic.tenant)) == 1 else {
                throw Problem.notFound
            }
            AuditTrail.record(
                AuditEvent(RemoveFederation.permission, of: "trusted_issuer", provider.unique), by: permit,
                in: clinic)
            return NoContent()
        }
    }
}
