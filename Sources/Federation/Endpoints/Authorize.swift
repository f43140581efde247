import Access
import Database
public import EndpointKit
import HTTP
import Identity
public import Reception
import Shapes
public import Tenancy
import Vocabulary

/// Where a program sends somebody to find out who they are.
public struct Authorize: Endpoint {
    /// `GET /oauth/authorize`
    public static let route = Route.get("/oauth/authorize")
    /// What it does.
    public static let summary = "Ask somebody who they are, for a program (OpenID Connect)."
    /// What a caller must know.
    public static let details = """
        The code flow with PKCE (`S256`) alone. `redirect_uri` is compared letter for letter; only where it and the program are \
        known is anything told to it, `iss` included (RFC 9207). Parameters that are not known are passed over.
        """
    /// Whoever follows a link.
    public static let access = Access<Equipped<TenantRequest, FederationParts>>(.anyone)
    /// A clinic's whole staff may share an address.
    public static let limit = Limit.perAddress(600, per: .seconds(900))
    /// What a program is given is kept when it fetches it.
    public static let audit = Audit.silent
    /// OAuth has it so.
    public static let passesOverQuery = true
    /// The program may be unknown.
    public static let problems: [ProblemCode] = [.notFound, .networkNotAllowed]

    @In(.query, "The program: `oac_…`.", .length(1...200)) var clientId: String
    @In(.query, "Where the answer goes, as it was registered.", .length(1...2048)) var redirectUri: String
    @In(.query, "`code`.", .length(0...100)) var responseType: String?
    @In(.query, "`query`, if anything.", .length(0...100)) var responseMode: String?
    @In(.query, "`openid`, and more of what the program wants to know.", .length(0...500)) var scope: String?
    @In(.query, "Comes back unchanged.", .length(0...1024)) var state: String?
    @In(.query, "Comes back in the ID token.", .length(0...256)) var nonce: String?
    @In(.query, "SHA-256 of the verifier, in base64url.", .length(0...200)) var codeChallenge: String?
    @In(.query, "`S256`.", .length(0...100)) var codeChallengeMethod: String?
    @In(.query, "`none`, `login`, `consent` or `select_account`.", .length(0...100)) var prompt: String?
    @In(.query, "How many seconds ago the person may have signed in at most.", .length(0...20)) var maxAge:
        String?
    @In(.query, "Who it probably is.", .length(0...320)) var loginHint: String?
    @In(.query, "Not taken.", .length(0...4096)) var request: String?
    @In(.query, "Not taken.", .length(0...2048)) var requestUri: String?

    /// Inputs still empty.
    public init() {}

    /// Nothing is told to an address that is not the program's own.
    public func respond(to equipped: Equipped<TenantRequest, FederationParts>) async throws -> GateAnswer {
        let gate = Gate(equipped)
        guard let id = ID<TrustedProgram>(text: clientId), let program = try await gate.program(id) else {
            throw Problem(.notFound, "The clinic knows no such program.")
        }
        guard program.redirects.contains(redirectUri) else {
            throw Problem.invalidInput([
                Complaint(
                    pointer: "/query/redirect_uri", code: "unknown_value",
                    detail: "must be one that the program has registered")
            ])
        }
        let wish: AuthorizationWish
        do { wish = try parameters.wish(of: program, to: redirectUri) } catch {
            return .away(to: gate.back(error, to: redirectUri, state: state))
        }
        return try await meet(wish, at: gate)
    }

    private func meet(_ wish: AuthorizationWish, at gate: Gate) async throws -> GateAnswer {
        let ticket = gate.ticket(for: .program(wish)), now = gate.request.now
        if let visitor = try await gate.visitor(),
            wish.accepts(provenAt: visitor.provenAt, begunAt: now, now: now)
        {
            return try await gate.pass(visitor, wish, ticket, byForm: false)
        }
        if wish.prompts.contains(.none) {
            let refusal = AuthorizationRefusal(.loginRequired, "The person must sign in.")
            return .away(to: gate.back(refusal, wish))
        }
        return try await gate.signInPage(for: ticket, login: loginHint)
    }

    private var parameters: AuthorizationParameters {
        AuthorizationParameters(
            responseType: responseType, responseMode: responseMode, scope: scope, state: state, nonce: nonce,
            codeChallenge: codeChallenge, codeChallengeMethod: codeChallengeMethod, prompt: prompt,
            maxAge: maxAge, request: request, requestURI: requestUri)
    }
}
