public import Access
import Database
public import EndpointKit
import Identity
import JSON
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Changes a program that people sign in to by the clinic.
public struct ChangeTrustedProgram: Endpoint {
    /// `POST /v1/oauth-clients/{program}`
    public static let route = Route.post("/v1/oauth-clients/{program}")
    /// What it does.
    public static let summary = "Change a program: its name, its addresses, what it may be let know."
    /// What a caller must know.
    public static let details = "What is not sent stays as it is. The secret stays too."
    /// Whoever runs the clinic.
    public static let access = Access<Permit<ChangeFederation>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(60, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.changes("trusted_program")
    /// It may be gone.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The program.") var program: ID<TrustedProgram>
    @In(.body, "What people are told it is called.", .length(1...100)) var name: String?
    @In(.body, "Where codes may be sent, letter for letter.", .count(1...20), .each(.length(1...2048)))
    var redirectUris: [String]?
    @In(.body, "The most it may be let know of a person.", .count(0...10)) var scopes: [OpenIDScope]?
    @In(
        .body, "Where people may be sent back to who sign out, letter for letter.", .count(0...20),
        .each(.length(1...2048))) var postLogoutRedirectUris: [String]?
    @In(.body, "What its ID tokens are signed by.") var idTokenSignedResponseAlg: TokenAlgorithm?

    /// Inputs still empty.
    public init() {}

    /// One statement: whoever else changes it at the same time changes what they sent.
    public func respond(to permit: Permit<ChangeFederation>) async throws -> TrustedProgram {
        try RedirectAddress.check(redirectUris ?? [], "redirect_uris")
        try RedirectAddress.check(postLogoutRedirectUris ?? [], "post_logout_redirect_uris")
        let words = ProgramWords(
            name: name, redirects: redirectUris, scopes: scopes?.whole,
            signOutRedirects: postLogoutRedirectUris, algorithm: idTokenSignedResponseAlg)
        return try await permit.write { clinic in
            let after: TrustedProgram = try await clinic.found(
                TrustedProgram.change(program, to: words, in: clinic.tenant))
            let event = AuditEvent(ChangeFederation.permission, of: "trusted_program", program.unique)
            AuditTrail.record(event, by: permit, in: clinic)
            return after
        }
    }
}
