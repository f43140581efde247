public import Access
import Database
public import EndpointKit
public import Identity
import JSON
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Takes over a key that somebody else answers for.
public struct AdoptAPIKey: Endpoint {
    /// `POST /v1/api-keys/{key}/adopt`
    public static let route = Route.post("/v1/api-keys/{key}/adopt")
    /// What it does.
    public static let summary = "Answer for a key from now on, such as one whose maker has left."
    /// What a caller must know.
    public static let details = """
        A key does nothing that whoever answers for it may not do themselves: when they leave, or lose a role, the key stops with \
        them. Only who holds everything that the key may do can adopt it. Its secret stays; rotate the key if whoever has left \
        may know it.
        """
    /// Whoever runs the clinic, and has just proven who they are.
    public static let access = Access<Fresh<Permit<RotateAPIKeys>>>(RotateAPIKeys.self)
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.changes("api_key")
    /// It may be gone, over, or theirs already; and the proof may be too old.
    public static let problems: [ProblemCode] = [.notFound, .conflict, .stepUpRequired]

    @In(.path, "The key.") var key: ID<APIKey>

    /// Inputs still empty.
    public init() {}

    /// The new keeper and the line about it are one transaction.
    public func respond(to request: Fresh<Permit<RotateAPIKeys>>) async throws -> APIKey {
        let permit = request.request
        guard let person = permit.caller.staffMember else { throw Problem.notAllowed }
        return try await permit.clinic.write { clinic in
            let found: APIKey = try await clinic.found(APIKey.withID(key, forChange: true, in: clinic.tenant))
            guard found.keeper != person else { throw Problem.conflict("You answer for this key already.") }
            try found.check(heldBy: permit.caller, until: found.expiresAt, at: permit.now)
            let adopted: APIKey? = try await clinic.row(
                APIKey.adopt(key, by: person, at: permit.now, in: clinic.tenant))
            guard let adopted else { throw Problem.conflict("The key has ended.") }
            let event = AuditEvent(RotateAPIKeys.permission, of: "api_key", key.unique)
            AuditTrail.record(event, by: permit, in: clinic)
            return adopted
        }
    }
}
