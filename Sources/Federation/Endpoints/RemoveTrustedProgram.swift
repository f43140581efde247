public import Access
import Database
public import EndpointKit
import Identity
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Lets nobody sign in to a program by the clinic any more.
public struct RemoveTrustedProgram: Endpoint {
    /// `DELETE /v1/oauth-clients/{program}`
    public static let route = Route.delete("/v1/oauth-clients/{program}")
    /// What it does.
    public static let summary = "Remove a program; all that it was given ends."
    /// What a caller must know.
    public static let details = "Its tokens, its codes and everybody's word to it go with it."
    /// Whoever may take away what the clinic has set up.
    public static let access = Access<Permit<RemoveFederation>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(60, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.changes("trusted_program")
    /// It may be gone already.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The program.") var program: ID<TrustedProgram>

    /// Inputs still empty.
    public init() {}

    /// Its tokens, codes and consents go with its row.
    public func respond(to permit: Permit<RemoveFederation>) async throws -> NoContent {
        try await permit.write { clinic in
            guard try await clinic.run(TrustedProgram.remove(program, in: clinic.tenant)) == 1 else {
                throw Problem.notFound
            }
            AuditTrail.record(
                AuditEvent(RemoveFederation.permission, of: "trusted_program", program.unique), by: permit,
                in: clinic)
            return NoContent()
        }
    }
}
