public import Access
import Database
public import EndpointKit
import Identity
import JSON
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Changes how an OpenID provider's word is taken.
public struct ChangeTrustedIssuer: Endpoint {
    /// `POST /v1/openid-providers/{provider}`
    public static let route = Route.post("/v1/openid-providers/{provider}")
    /// What it does.
    public static let summary = "Change an OpenID provider of the clinic's, or its secret."
    /// What a caller must know.
    public static let details = "What is not sent stays as it is. The issuer itself cannot become another."
    /// Whoever runs the clinic.
    public static let access = Access<Equipped<Permit<ChangeFederation>, FederationParts>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(60, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.changes("trusted_issuer")
    /// A kept call would keep the secret.
    public static let idempotency = Idempotency.none
    /// It may be gone.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "The provider.") var provider: ID<TrustedIssuer>
    @In(.body, "What people are told it is called.", .length(1...100)) var name: String?
    @In(.body, "What it calls the clinic.", .length(1...300)) var clientId: String?
    @In(.body, "The clinic's secret there.", .length(1...1000)) var clientSecret: String?
    @In(.body, "Whose mail addresses are believed.", .count(1...20), .each(.length(3...253))) var domains:
        [String]?
    @In(.body, "Whether its word on a second factor is taken.") var coversSecondFactor: Bool?
    @In(.body, "Whether anybody comes in by it.") var enabled: Bool?

    /// Inputs still empty.
    public init() {}

    /// One statement: whoever else changes it at the same time changes what they sent.
    public func respond(to request: Equipped<Permit<ChangeFederation>, FederationParts>) async throws
        -> TrustedIssuer
    {
        let (permit, parts) = (request.request, request.tool)
        try IssuerRules.check(domains: domains, mayBePlain: parts.issuers.mayBePlain)
        let change = IssuerChange(
            name: name, registeredAs: clientId,
            secret: clientSecret.map { parts.keys.seal($0, of: provider, in: permit.tenant.id) },
            domains: domains, coversSecondFactor: coversSecondFactor, enabled: enabled)
        return try await TrustedIssuer.naming {
            try await permit.clinic.write { clinic in
                let after: TrustedIssuer = try await clinic.found(
                    TrustedIssuer.change(provider, change, in: clinic.tenant))
                let event = AuditEvent(
                    ChangeFederation.permission, of: "trusted_issuer", provider.unique)
                AuditTrail.record(event, by: permit, in: clinic)
                return after
            }
        }
    }
}
