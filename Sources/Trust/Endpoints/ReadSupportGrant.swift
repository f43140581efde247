public import Access
import Database
public import EndpointKit
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Shows whom of the platform the clinic has let in, and why.
public struct ReadSupportGrant: Endpoint {
    /// `GET /v1/support-grants/{grant}`
    public static let route = Route.get("/v1/support-grants/{grant}")
    /// What it does.
    public static let summary = "Show whom of the platform the clinic has let in, and why."
    /// Whoever may read the trail of the whole clinic.
    public static let access = Access<Permit<SeeSupport>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It says nothing of any patient.
    public static let audit = Audit.silent
    /// It may be another clinic's.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The support grant.") var grant: ID<SupportGrant>

    /// Inputs still empty.
    public init() {}

    /// What is another clinic's is not there.
    public func respond(to permit: Permit<SeeSupport>) async throws -> SupportGrant {
        try await permit.clinic.found(
            SupportGrant.withID(grant, in: permit.tenant.id))
    }
}
