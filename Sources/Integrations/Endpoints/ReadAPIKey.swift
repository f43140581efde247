public import Access
import Database
public import EndpointKit
public import Identity
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Shows what a key may do, and when it was used.
public struct ReadAPIKey: Endpoint {
    /// `GET /v1/api-keys/{key}`
    public static let route = Route.get("/v1/api-keys/{key}")
    /// What it does.
    public static let summary = "Read what a key for a program may do, and when it was last used."
    /// Whoever may see who may do what.
    public static let access = Access<Permit<SeeAPIKeys>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent
    /// There may be none.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The key.") var key: ID<APIKey>

    /// Inputs still empty.
    public init() {}

    /// One read.
    public func respond(to permit: Permit<SeeAPIKeys>) async throws -> APIKey {
        try await permit.clinic.found(APIKey.withID(key, in: permit.tenant.id))
    }
}
