import Database
public import EndpointKit
import HTTP
public import Reception
import Shapes
public import Tenancy
import Vocabulary

/// Tells a program what a person has let it know.
public struct TellProgram: Endpoint {
    /// `GET /oauth/userinfo`
    public static let route = Route.get("/oauth/userinfo")
    /// What it does.
    public static let summary = "Read what a person has let a program know of them."
    /// What a caller must know.
    public static let details = "`Authorization: Bearer npa_…`: a program's own access token, and no other."
    /// The token says who asks.
    public static let access = Access<Equipped<TenantRequest, FederationParts>>(.anyone)
    /// A program asks for many people from one address.
    public static let limit = Limit.perAddress(1_200, per: .seconds(60))
    /// That the program may know it is kept with the consent.
    public static let audit = Audit.silent
    /// The token may be over.
    public static let problems: [ProblemCode] = [.tokenExpired]

    /// No inputs.
    public init() {}

    /// As the clinic's rows have it now.
    public func respond(to equipped: Equipped<TenantRequest, FederationParts>) async throws -> KnownToProgram
    {
        try await KnownToProgram.read(equipped)
    }
}

/// The same by POST, as OpenID Connect wants it.
public struct TellProgramByPost: Endpoint {
    /// `POST /oauth/userinfo`
    public static let route = Route.post("/oauth/userinfo")
    /// What it does.
    public static let summary = "Read what a person has let a program know of them, by POST."
    /// What a caller must know.
    public static let details = "The token is in its field, as by GET; nothing in the form is read."
    /// The token says who asks.
    public static let access = Access<Equipped<TenantRequest, FederationParts>>(.anyone)
    /// A program asks for many people from one address.
    public static let limit = Limit.perAddress(1_200, per: .seconds(60))
    /// That the program may know it is kept with the consent.
    public static let audit = Audit.silent
    /// What is sent is a form, and nothing in it is read.
    public static let rawBody: RawBody? = RawBody([SentForm.mediaType], "Nothing: the token is in its field.")
    /// Reading twice is reading.
    public static let idempotency = Idempotency.none
    /// The token may be over.
    public static let problems: [ProblemCode] = [.tokenExpired]

    /// No inputs.
    public init() {}

    /// As by GET.
    public func respond(to equipped: Equipped<TenantRequest, FederationParts>) async throws -> KnownToProgram
    {
        try await KnownToProgram.read(equipped)
    }
}

extension KnownToProgram {
    fileprivate static func read(_ equipped: Equipped<TenantRequest, FederationParts>) async throws
        -> KnownToProgram
    {
        let request = equipped.request, tenant = request.tenant.id
        guard let field = request.http[.authorization], field.prefix(7).lowercased() == "bearer ",
            let token = ProgramToken(
                text: String(field.dropFirst(7)), as: .access, in: tenant, under: equipped.tool.keys.tokens),
            request.now.seconds < token.number,
            let known: KnownToProgram = try await request.clinic.row(
                read(token.family, at: request.now, in: tenant))
        else { throw Problem.tokenExpired }
        return known
    }
}
