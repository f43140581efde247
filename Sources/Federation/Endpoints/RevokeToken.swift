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

/// Ends what a token belongs to, when its program gives it back.
public struct RevokeToken: Endpoint {
    /// `POST /oauth/revoke`
    public static let route = Route.post("/oauth/revoke")
    /// What it does.
    public static let summary = "Give a program's token back (RFC 7009): all tokens of that sign-in end."
    /// What a caller must know.
    public static let details = """
        The answer is the same for a token of the program's, for another program's and for what is no token: there is nothing left of it.
        """
    /// The program proves itself.
    public static let access = Access<Equipped<TenantRequest, FederationParts>>(.anyone)
    /// A program asks for many people from one address.
    public static let limit = Limit.perAddress(1_200, per: .seconds(60))
    /// What ended is kept.
    public static let audit = Audit.writes("program_sign_in")
    /// A token.
    public static let bodyLimit = SentForm.bytesMax
    /// What is sent is a form.
    public static let rawBody: RawBody? = RawBody([SentForm.mediaType], "`token`.")
    /// Giving back twice is giving back.
    public static let idempotency = Idempotency.none
    /// In OAuth's words.
    public static let problems: [ProblemCode] = [.authorizationRefused, .programNotProven]

    /// No inputs: the body is a form.
    public init() {}

    /// A token that is none, or another program's, is told alike: there is nothing left of it to give back.
    public func respond(to equipped: Equipped<TenantRequest, FederationParts>) async throws -> GivenBack {
        let request = equipped.request, tenant = request.tenant.id
        let (program, form) = try await request.provenProgram()
        guard let text = form["token"] else { throw OAuthError.invalidRequest.problem("token is missing.") }
        let tokens = ProgramToken.Kind.allCases.compactMap {
            ProgramToken(text: text, as: $0, in: tenant, under: equipped.tool.keys.tokens)
        }
        guard let family = tokens.first?.family else { return GivenBack() }
        try await request.clinic.write { clinic in
            let ended = try await clinic.run(
                ProgramSignIn.giveBack(family, by: program.id, at: request.now, in: tenant))
            guard ended == 1 else { return }
            let event = AuditEvent(
                act: "program_sign_ins.end", of: "program_sign_in", family.unique,
                detail: ["program": .string(program.id.text)])
            clinic.queue(AuditTrail.statement(event, in: request, by: nil))
        }
        return GivenBack()
    }
}

/// Nothing: RFC 7009 has 200 and no word.
public struct GivenBack: Answerable {
    /// An object without members.
    public static var schema: Schema { .object([], name: "GivenBack") }
    /// An object without members.
    public func write(to writer: inout JSONWriter) { writer.object { _ in } }
}
