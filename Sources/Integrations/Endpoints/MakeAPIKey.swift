public import Access
import Database
public import EndpointKit
public import Identity
import JSON
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Lets a program call.
public struct MakeAPIKey: Endpoint {
    /// `POST /v1/api-keys`
    public static let route = Route.post("/v1/api-keys")
    /// What it does.
    public static let summary = "Make a key by which a program may call."
    /// What a caller must know.
    public static let details = """
        The secret is shown this once; send it as `Authorization: Bearer nadi_key_…`. A key may do what stands in its list and \
        nothing else, and only what its maker holds: nobody gives a key what they do not hold themselves, and what its maker holds \
        no longer the key may do no longer, until somebody else adopts it. It never signs in, changes no roles, keys or \
        configuration, and approves nothing. Scanners find leaked ones by \
        `nadi_key_[a-z2-7]{58}`. A clinic has at most 50 good ones.
        """
    /// Whoever runs the clinic, and has just proven who they are.
    public static let access = Access<Fresh<Equipped<Permit<MakeAPIKeys>, APIKeyHashing>>>(MakeAPIKeys.self)
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who made it, and what it may do, is kept.
    public static let audit = Audit.changes("api_key")
    /// A kept answer would keep the secret.
    public static let idempotency = Idempotency.none
    /// There may be too many, and the proof may be too old.
    public static let problems: [ProblemCode] = [.conflict, .stepUpRequired]

    @In(.body, "What it is for.", .length(1...100)) var name: String
    @In(.body, "What it may do.", .count(1...80)) var permissions: [Permission]
    @In(.body, "Where; an empty list means the whole clinic.", .count(0...50)) var locations: [ID<Location>] =
        []
    @In(
        .body, "From where, as addresses or networks; an empty list means from anywhere.", .count(0...20),
        .each(.length(2...50)))
    var networks: [String] = []
    @In(.body, "After how many days it ends.", .within(1...APIKey.daysMost)) var days = APIKey.daysUsually

    /// Inputs still empty.
    public init() {}

    /// The key and the line about it are one transaction.
    public func respond(
        to request: Fresh<Equipped<Permit<MakeAPIKeys>, APIKeyHashing>>
    ) async throws -> Created<APIKeyWithSecret> {
        let (permit, hashing) = (request.request.request, request.request.tool)
        guard let maker = permit.caller.staffMember else { throw Problem.notAllowed }
        let key = APIKey(
            .random(at: permit.now), name: name, permissions: permissions, locations: locations,
            networks: networks, by: maker, at: permit.now, until: permit.now.later(days: days))
        let complaints = key.complaints(at: permit.tenant)
        guard complaints.isEmpty else { throw Problem.invalidInput(complaints) }
        try key.check(heldBy: permit.caller, until: key.expiresAt, at: permit.now)
        let secret = APIKeySecret.random(), digest = hashing.digest(of: secret, at: permit.tenant.id)
        return try await permit.clinic.write { clinic in
            // One after the other: each counts what the one before has made.
            clinic.lock([APIKey.makingLock(of: clinic.tenant)])
            guard try await clinic.run(key.insert(digest, most: APIKey.most, in: clinic.tenant)) == 1 else {
                throw Problem.conflict("A clinic has at most \(APIKey.most) keys.")
            }
            let event = AuditEvent(MakeAPIKeys.permission, of: "api_key", key.id.unique)
            AuditTrail.record(event, by: permit, in: clinic)
            return Created(APIKeyWithSecret(key: key, secret: secret), at: APIKey.path(of: key.id))
        }
    }
}
