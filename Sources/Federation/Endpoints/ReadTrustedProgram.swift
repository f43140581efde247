public import Access
import Database
public import EndpointKit
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Reads one program that people sign in to by the clinic.
public struct ReadTrustedProgram: Endpoint {
    /// `GET /v1/oauth-clients/{program}`
    public static let route = Route.get("/v1/oauth-clients/{program}")
    /// What it does.
    public static let summary = "Read a program that people sign in to by this clinic."
    /// Whoever may see how the clinic is set up.
    public static let access = Access<Permit<SeeFederation>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent
    /// It may be gone.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The program.") var program: ID<TrustedProgram>

    /// Inputs still empty.
    public init() {}

    /// Without its secret, which nobody knows any more.
    public func respond(to permit: Permit<SeeFederation>) async throws -> TrustedProgram {
        try await permit.clinic.found(
            TrustedProgram.withID(program, in: permit.tenant.id))
    }
}
