public import Access
import Database
public import EndpointKit
import Identity
import JSON
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Takes the word of an OpenID provider on who somebody of the staff is.
public struct AddTrustedIssuer: Endpoint {
    /// `POST /v1/openid-providers`
    public static let route = Route.post("/v1/openid-providers")
    /// What it does.
    public static let summary = "Let staff sign in by the clinic's own OpenID provider."
    /// What a caller must know.
    public static let details = """
        Nobody becomes staff by it: who comes in works here already, with a mail address of one of `domains` that the provider \
        says is proven. Register `callback` of the answer there, behind the clinic's own address. The secret is kept sealed and \
        never shown. A clinic has at most 10.
        """
    /// Whoever sets the clinic up.
    public static let access = Access<Equipped<Permit<AddFederation>, FederationParts>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.changes("trusted_issuer")
    /// A kept call would keep the secret.
    public static let idempotency = Idempotency.none
    /// There may be too many, or this one already.
    public static let problems: [ProblemCode] = [.conflict]

    @In(.body, "What people are told it is called.", .length(1...100)) var name: String
    @In(.body, "What it calls itself: `https://…`, letter for letter.", .length(9...500)) var issuer: String
    @In(.body, "What it calls the clinic.", .length(1...300)) var clientId: String
    @In(.body, "The clinic's secret there; none for a registration without one.", .length(1...1000))
    var clientSecret: String?
    @In(.body, "Whose mail addresses are believed.", .count(1...20), .each(.length(3...253))) var domains:
        [String]
    @In(.body, "Whether its word on a second factor (`amr` of `mfa`) is taken.") var coversSecondFactor =
        false

    /// Inputs still empty.
    public init() {}

    /// Seals the secret before anything is written.
    public func respond(to request: Equipped<Permit<AddFederation>, FederationParts>) async throws
        -> Created<TrustedIssuer>
    {
        let (permit, parts) = (request.request, request.tool)
        try IssuerRules.check(issuer: issuer, domains: domains, mayBePlain: parts.issuers.mayBePlain)
        let id = ID<TrustedIssuer>.random(at: permit.now)
        let box = clientSecret.map { parts.keys.seal($0, of: id, in: permit.tenant.id) }
        let wish = IssuerWish(
            name: name, issuer: issuer, registeredAs: clientId, domains: domains,
            coversSecondFactor: coversSecondFactor)
        return try await TrustedIssuer.naming {
            try await permit.clinic.write { clinic in
                clinic.lock([TrustedIssuer.addingLock(of: clinic.tenant)])
                let made: TrustedIssuer? = try await clinic.row(
                    TrustedIssuer.insert(id, wish, secret: box, at: permit.now, in: clinic.tenant))
                guard let made else {
                    throw Problem.conflict("A clinic trusts at most \(TrustedIssuer.most) providers.")
                }
                let event = AuditEvent(AddFederation.permission, of: "trusted_issuer", id.unique)
                AuditTrail.record(event, by: permit, in: clinic)
                return Created(made, at: TrustedIssuer.path(of: id))
            }
        }
    }
}

extension TrustedIssuer {
    /// Turns what the schema says into words.
    static func naming<Made>(_ body: nonisolated(nonsending) () async throws -> Made) async throws -> Made {
        do { return try await body() } catch let error as DatabaseError {
            guard error.constraint == "trusted_issuer_is_named_once" else { throw error }
            throw Problem.conflict("The clinic is registered there by that name already.")
        }
    }
}
