import Access
import Database
public import EndpointKit
public import Identity
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Takes an authenticator app away.
public struct RemoveTimeCodes: Endpoint {
    /// `DELETE /v1/auth/totp`
    public static let route = Route.delete("/v1/auth/totp")
    /// What it does.
    public static let summary = "Remove my authenticator app and its recovery codes."
    /// What a caller must know.
    public static let details = "Whoever owes a second factor is asked to set up another at the next sign-in."
    /// Staff who have just proven who they are.
    public static let access = Access<Fresh<CallerRequest>>(.signedIn)
    /// What a thief would do first.
    public static let limit = Limit.of(.sensitive)
    /// That it was done is kept.
    public static let audit = Audit.changes("session")
    /// There may be none.
    public static let problems: [ProblemCode] = [.notFound, .notAllowed]

    /// Inputs still empty.
    public init() {}

    /// Both with one commit.
    public func respond(to fresh: Fresh<CallerRequest>) async throws -> NoContent {
        let request = fresh.request, person = try request.staffMember()
        try await request.clinic.write { clinic in
            guard try await clinic.run(KeptTimeCode.remove(of: person, in: clinic.tenant)) == 1 else {
                throw Problem.notFound
            }
            AuditTrail.record(.changed(.timeCodes), by: Person(person), request.request, in: clinic)
        }
        return NoContent()
    }
}
