public import Access
import Database
public import EndpointKit
import Identity
import JSON
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Ends a key.
public struct RevokeAPIKey: Endpoint {
    /// `DELETE /v1/api-keys/{key}`
    public static let route = Route.delete("/v1/api-keys/{key}")
    /// What it does.
    public static let summary = "End a key: whoever has a secret of it is nobody from then on."
    /// What a caller must know.
    public static let details = "What it was stays known for a year. One that was ended before is a conflict."
    /// Whoever runs the clinic. Ending asks for no fresh proof: it must be quick.
    public static let access = Access<Permit<RevokeAPIKeys>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.changes("api_key")
    /// It may be gone, or ended before.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "The key.") var key: ID<APIKey>

    /// Inputs still empty.
    public init() {}

    /// The row stays for a year, so that it can be told what the key was.
    public func respond(to permit: Permit<RevokeAPIKeys>) async throws -> NoContent {
        guard let person = permit.caller.staffMember else { throw Problem.notAllowed }
        try await permit.clinic.write { clinic in
            let _: APIKey = try await clinic.found(
                APIKey.withID(key, forChange: true, in: clinic.tenant))
            let ended: APIKey? = try await clinic.row(
                APIKey.revoke(key, by: person, at: permit.now, in: clinic.tenant))
            guard ended != nil else { throw Problem.conflict("The key has been ended before.") }
            let event = AuditEvent(RevokeAPIKeys.permission, of: "api_key", key.unique)
            AuditTrail.record(event, by: permit, in: clinic)
        }
        return NoContent()
    }
}
