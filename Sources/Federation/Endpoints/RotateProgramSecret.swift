public import Access
import Database
public import EndpointKit
import Identity
import JSON
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Replaces a program's secret.
public struct RotateProgramSecret: Endpoint {
    /// `POST /v1/oauth-clients/{program}/rotate`
    public static let route = Route.post("/v1/oauth-clients/{program}/rotate")
    /// What it does.
    public static let summary = "Replace a program's secret; the old one counts beside the new one for a day."
    /// What a caller must know.
    public static let details = """
        The new secret is shown in this answer alone. Of three secrets within a day the oldest counts no more. A program that keeps no \
        secret has none to replace: not found.
        """
    /// Whoever runs the clinic.
    public static let access = Access<Permit<ChangeFederation>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.changes("trusted_program")
    /// A kept answer would keep the secret.
    public static let idempotency = Idempotency.none
    /// It may be gone, or keep no secret.
    public static let problems: [ProblemCode] = [.notFound]

    private static let grace = Duration.seconds(86_400)

    @In(.path, "The program.") var program: ID<TrustedProgram>

    /// Inputs still empty.
    public init() {}

    /// Of three secrets within a day the oldest counts no more.
    public func respond(to permit: Permit<ChangeFederation>) async throws -> ProgramWithSecret {
        let secret = ProgramSecret.random()
        return try await permit.clinic.write { clinic in
            let rotated: TrustedProgram = try await clinic.found(
                TrustedProgram.rotate(
                    program, to: secret, until: permit.now + Self.grace, in: clinic.tenant))
            AuditTrail.record(
                AuditEvent(
                    ChangeFederation.permission, of: "trusted_program", program.unique), by: permit,
                in: clinic)
            return ProgramWithSecret(program: rotated, secret: secret.text)
        }
    }
}
