public import Access
import Database
public import EndpointKit
import Identity
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Shows somebody of the platform out.
public struct EndSupport: Endpoint {
    /// `POST /v1/support-grants/{grant}/end`
    public static let route = Route.post("/v1/support-grants/{grant}/end")
    /// What it does.
    public static let summary = "Show somebody of the platform out before their time is over."
    /// What a caller must know.
    public static let details =
        "Their sign-ins end, and their tokens count nowhere any more, within five seconds."
    /// Whoever runs the clinic. Ending asks for no fresh proof: it must be quick.
    public static let access = Access<Permit<LetSupportIn>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.changes("support_grant")
    /// It may be another clinic's, or over.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "The support grant.") var grant: ID<SupportGrant>

    /// Inputs still empty.
    public init() {}

    /// Whoever comes in at this moment has either come in, and is out with it, or finds it over.
    public func respond(to permit: Permit<LetSupportIn>) async throws -> SupportGrant {
        guard let ender = permit.caller.staffMember else { throw Problem.notAllowed }
        return try await permit.write { clinic in
            let found: SupportGrant = try await clinic.found(
                SupportGrant.withID(grant, forChange: true, in: clinic.tenant))
            guard found.isOpen(at: permit.now) else { throw Problem.conflict("It is over already.") }
            let ended = found.end(at: permit.now, by: ender, in: clinic)
            let event = AuditEvent(act: "support.end", of: "support_grant", grant.unique)
            AuditTrail.record(event, by: permit, in: clinic)
            return ended
        }
    }
}
