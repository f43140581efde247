public import Access
import Database
public import EndpointKit
import Identity
import JSON
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Lets people sign in to another program by the clinic.
public struct AddTrustedProgram: Endpoint {
    /// `POST /v1/oauth-clients`
    public static let route = Route.post("/v1/oauth-clients")
    /// What it does.
    public static let summary = "Let people sign in to a program by this clinic (OpenID Connect)."
    /// What a caller must know.
    public static let details = """
        The secret is shown this once. A program that runs where anybody can read it (in a browser, on a telephone) keeps none: \
        PKCE is asked of every program. A clinic has at most 50.
        """
    /// Whoever sets the clinic up.
    public static let access = Access<Permit<AddFederation>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.changes("trusted_program")
    /// A kept answer would keep the secret.
    public static let idempotency = Idempotency.none
    /// There may be too many.
    public static let problems: [ProblemCode] = [.conflict]

    @In(.body, "What people are told it is called.", .length(1...100)) var name: String
    @In(
        .body,
        "Where codes may be sent, letter for letter: https, the person's own machine, a scheme of its own.",
        .count(1...20), .each(.length(1...2048))) var redirectUris: [String]
    @In(.body, "The most it may be let know of a person; `openid` is always among it.", .count(0...10))
    var scopes: [OpenIDScope] = OpenIDScope.allCases
    @In(
        .body, "Where people may be sent back to who sign out, letter for letter.", .count(0...20),
        .each(.length(1...2048))) var postLogoutRedirectUris: [String] = []
    @In(.body, "What its ID tokens are signed by; RS256 for programs that do not know EdDSA.")
    var idTokenSignedResponseAlg = TokenAlgorithm.edDSA
    @In(.body, "Whether it runs where a secret stays one.") var keepsSecret = true

    /// Inputs still empty.
    public init() {}

    /// The secret is made before anything is written.
    public func respond(to permit: Permit<AddFederation>) async throws -> Created<ProgramWithSecret> {
        try RedirectAddress.check(redirectUris, "redirect_uris")
        try RedirectAddress.check(postLogoutRedirectUris, "post_logout_redirect_uris")
        let id = ID<TrustedProgram>.random(at: permit.now)
        let secret = keepsSecret ? ProgramSecret.random() : nil
        return try await permit.clinic.write { clinic in
            // One after the other: each counts what the one before has added.
            clinic.lock([TrustedProgram.addingLock(of: clinic.tenant)])
            let made: TrustedProgram? = try await clinic.row(
                TrustedProgram.insert(id, saying: words, secret: secret, at: permit.now, in: clinic.tenant))
            guard let made else {
                throw Problem.conflict("A clinic trusts at most \(TrustedProgram.most) programs.")
            }
            let event = AuditEvent(AddFederation.permission, of: "trusted_program", id.unique)
            AuditTrail.record(event, by: permit, in: clinic)
            return Created(
                ProgramWithSecret(program: made, secret: secret?.text), at: TrustedProgram.path(of: id))
        }
    }

    private var words: ProgramWords {
        ProgramWords(
            name: name, redirects: redirectUris, scopes: scopes.whole,
            signOutRedirects: postLogoutRedirectUris, algorithm: idTokenSignedResponseAlg)
    }
}

extension RedirectAddress {
    /// Complains of every address in a field that cannot be one.
    static func check(_ addresses: [String], _ field: String) throws {
        let complaints = addresses.enumerated().compactMap { place, address in
            flaw(of: address).map {
                Complaint(pointer: "/\(field)/\(place)", code: "wrong_form", detail: "must \($0)")
            }
        }
        guard complaints.isEmpty else { throw Problem.invalidInput(complaints) }
    }
}

extension [OpenIDScope] {
    /// Each once, `openid` among them.
    var whole: [OpenIDScope] { OpenIDScope.allCases.filter { $0 == .openID || contains($0) } }
}
