import Access
import Database
public import EndpointKit
import HTTP
import Identity
public import JSON
public import Reception
public import Shapes
public import Tenancy
import Vocabulary

/// Gives a program tokens for a code, or for a refresh token.
public struct GiveTokens: Endpoint {
    /// `POST /oauth/token`
    public static let route = Route.post("/oauth/token")
    /// What it does.
    public static let summary = "Get tokens for a code or a refresh token (RFC 6749)."
    /// What a caller must know.
    public static let details = """
        A code is good once and for a minute; its second use ends what the first gave. Each refresh token is good for once: the \
        one before the latest still gets the latest for thirty seconds, any earlier one has been copied and ends everything. \
        Tokens open `/oauth/userinfo` and nothing under `/v1`.
        """
    /// The program proves itself.
    public static let access = Access<Equipped<TenantRequest, FederationParts>>(.anyone)
    /// A program asks for many people from one address.
    public static let limit = Limit.perAddress(1_200, per: .seconds(60))
    /// Which program was given what for whom is kept.
    public static let audit = Audit.writes("program_sign_in")
    /// A code, a verifier, an address.
    public static let bodyLimit = SentForm.bytesMax
    /// What is sent is a form.
    public static let rawBody: RawBody? = RawBody(
        [SentForm.mediaType], "`grant_type`, and what belongs to it.")
    /// A kept answer would keep the tokens.
    public static let idempotency = Idempotency.none
    /// In OAuth's words.
    public static let problems: [ProblemCode] = [.authorizationRefused, .programNotProven]

    /// No inputs: the body is a form.
    public init() {}

    /// First who asks, then for what.
    public func respond(to equipped: Equipped<TenantRequest, FederationParts>) async throws -> ProgramTokens {
        let request = equipped.request
        let (program, form) = try await request.provenProgram()
        switch form["grant_type"] {
        case "authorization_code":
            return try await CodeGift(program: program, form: form).give(request, equipped.tool)
        case "refresh_token":
            return try await RefreshGift(program: program.id, form: form).give(request, equipped.tool)
        case nil: throw OAuthError.invalidRequest.problem("grant_type is missing.")
        default:
            throw OAuthError.unsupportedGrantType.problem(
                "grant_type must be authorization_code or refresh_token.")
        }
    }
}

extension TenantRequest {
    /// The program that sends a form, once it has proven itself, and the form.
    func provenProgram() async throws -> (ProvenProgram, SentForm) {
        let form = SentForm(http.body)
        let proof = try ProgramProof(http[.authorization], form ?? SentForm())
        let known: ProgramProof.Known? = try await clinic.row(
            ProgramProof.Known.read(proof.program, in: tenant.id))
        guard let known, proof.isRight(for: known, at: now) else { throw OAuthError.unknownProgram }
        guard let form else { throw OAuthError.invalidRequest.problem("Each parameter is sent once.") }
        return (ProvenProgram(id: proof.program, algorithm: known.algorithm), form)
    }
}

/// A program that has proven which one it is.
struct ProvenProgram: Sendable {
    let id: ID<TrustedProgram>
    let algorithm: TokenAlgorithm
}

/// What a program is given (RFC 6749, 5.1).
public struct ProgramTokens: Answerable {
    let access: String
    let refresh: String
    let scopes: [OpenIDScope]
    let idToken: String?

    /// The answer's members; an ID token comes with a code alone.
    public static var schema: Schema {
        .object(
            [
                .init("access_token", .string().described("Opens `/oauth/userinfo`."), isRequired: true),
                .init("token_type", .string().described("`Bearer`."), isRequired: true),
                .init(
                    "expires_in", .integer(0...86_400, format: "int32").described("Seconds."),
                    isRequired: true),
                .init(
                    "refresh_token", .string().described("For this very endpoint, once."), isRequired: true),
                .init("scope", .string().described("What the person has let be known."), isRequired: true),
                .init("id_token", .string().described("Who has signed in."), isRequired: false),
            ], name: "ProgramTokens")
    }

    /// Writes what there is.
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("access_token", access)
            writer.member("token_type", "Bearer")
            writer.member("expires_in", ProgramSignIn.accessLifetime.components.seconds)
            writer.member("refresh_token", refresh)
            writer.member("scope", scopes.text)
            if let idToken { writer.member("id_token", idToken) }
        }
    }
}
