public import Access
import Database
public import EndpointKit
public import Identity
import JSON
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Gives a key another secret.
public struct RotateAPIKey: Endpoint {
    /// `POST /v1/api-keys/{key}/rotate`
    public static let route = Route.post("/v1/api-keys/{key}/rotate")
    /// What it does.
    public static let summary = "Give a key a new secret and new days; the old secret lives on for a while."
    /// What a caller must know.
    public static let details = """
        Whoever gets the new secret could call by it, so only who holds everything that the key may do can rotate it, and answers \
        for it from then on. Streams of events that were begun before end, and begin again by themselves.
        """
    /// Whoever runs the clinic, and has just proven who they are.
    public static let access = Access<Fresh<Equipped<Permit<RotateAPIKeys>, APIKeyHashing>>>(
        RotateAPIKeys.self)
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.changes("api_key")
    /// A kept answer would keep the secret.
    public static let idempotency = Idempotency.none
    /// It may be gone or ended, and the proof may be too old.
    public static let problems: [ProblemCode] = [.notFound, .conflict, .stepUpRequired]

    @In(.path, "The key.") var key: ID<APIKey>
    @In(.body, "For how many hours the old secret is good as well; 0 ends it at once.", .within(0...168))
    var graceHours = 24
    @In(.body, "After how many days from now the key ends.", .within(1...APIKey.daysMost)) var days =
        APIKey.daysUsually

    /// Inputs still empty.
    public init() {}

    /// The new digest and the line about it are one transaction.
    public func respond(
        to request: Fresh<Equipped<Permit<RotateAPIKeys>, APIKeyHashing>>
    ) async throws -> APIKeyWithSecret {
        let (permit, hashing) = (request.request.request, request.request.tool)
        guard let person = permit.caller.staffMember else { throw Problem.notAllowed }
        let (now, end) = (permit.now, permit.now.later(days: days))
        let secret = APIKeySecret.random(), digest = hashing.digest(of: secret, at: permit.tenant.id)
        return try await permit.clinic.write { clinic in
            let old: APIKey = try await clinic.found(APIKey.withID(key, forChange: true, in: clinic.tenant))
            try old.check(heldBy: permit.caller, until: end, at: now)
            let grace = now + .seconds(graceHours * 3600)
            let new: APIKey? = try await clinic.row(
                APIKey.rotate(
                    key, to: digest, until: end, graceEnd: grace, by: person, at: now, in: clinic.tenant))
            guard let new else { throw Problem.conflict("The key has been ended.") }
            let event = AuditEvent(
                RotateAPIKeys.permission, of: "api_key", key.unique,
                detail: ["secret": "changed", "old_secret_until": .string(grace.text)])
            AuditTrail.record(event, by: permit, in: clinic)
            return APIKeyWithSecret(key: new, secret: secret)
        }
    }
}
