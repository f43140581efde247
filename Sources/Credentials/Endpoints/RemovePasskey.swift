import Access
import Database
public import EndpointKit
public import Identity
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Takes a passkey away.
public struct RemovePasskey: Endpoint {
    /// `DELETE /v1/auth/passkeys/{passkey}`
    public static let route = Route.delete("/v1/auth/passkeys/{passkey}")
    /// What it does.
    public static let summary = "Remove one of my passkeys."
    /// What a caller must know.
    public static let details = "Somebody else's is not found. What was signed in by it stays signed in."
    /// Whoever has just proven who they are.
    public static let access = Access<Fresh<CallerRequest>>(.signedIn)
    /// What locks somebody out.
    public static let limit = Limit.of(.sensitive)
    /// That it was done is kept.
    public static let audit = Audit.changes("session")
    /// It may be gone, or somebody else's.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The passkey.") var passkey: ID<Passkey>

    /// Inputs still empty.
    public init() {}

    /// Somebody else's is not there.
    public func respond(to fresh: Fresh<CallerRequest>) async throws -> NoContent {
        let request = fresh.request
        guard let person = request.caller.person else { throw Problem.notFound }
        try await request.clinic.write { clinic in
            guard try await clinic.run(Passkey.remove(passkey, of: person, in: clinic.tenant)) == 1 else {
                throw Problem.notFound
            }
            AuditTrail.record(.changed(.passkey), by: person, request.request, in: clinic)
        }
        return NoContent()
    }
}
