import Access
import Database
public import EndpointKit
public import Identity
import JSON
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Lets a program know the caller no longer.
public struct WithdrawConsent: Endpoint {
    /// `DELETE /v1/auth/programs/{program}`
    public static let route = Route.delete("/v1/auth/programs/{program}")
    /// What it does.
    public static let summary = "Let a program know me no longer; all that it was given of me ends."
    /// What a caller must know.
    public static let details = """
        The program's tokens of mine end in the same moment. What was never given cannot be taken back: not found.
        """
    /// Whoever has signed in.
    public static let access = Access<CallerRequest>.signedIn
    /// A person's clicks.
    public static let limit = Limit.perCaller(60, per: .seconds(60))
    /// Who took what back is kept.
    public static let audit = Audit.writes("program_consent")
    /// It may never have been given.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The program.") var program: ID<TrustedProgram>

    /// Inputs still empty.
    public init() {}

    /// The word and the tokens that rested on it, with one commit.
    public func respond(to request: CallerRequest) async throws -> NoContent {
        guard let person = request.caller.person else { throw Problem.notFound }
        let (tenant, now) = (request.tenant.id, request.now)
        try await request.clinic.write { clinic in
            let taken = try await clinic.run(
                ProgramConsent.withdraw(from: program, of: person, in: tenant))
            guard taken == 1 else { throw Problem.notFound }
            clinic.queue(ProgramConsent.endAll(of: person, at: program, at: now, in: tenant))
            let event = AuditEvent(act: "program_consents.void", of: "program_consent", program.unique)
            clinic.queue(AuditTrail.statement(event, by: request, as: nil))
        }
        return NoContent()
    }
}
