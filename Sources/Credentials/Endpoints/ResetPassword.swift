import Access
import Crypto
import Database
public import EndpointKit
import Identity
public import Reception
import Shapes
public import Tenancy
import Vocabulary

/// Lets a staff member choose a password who was sent a token.
public struct ResetPassword: Endpoint {
    /// `POST /v1/auth/password/reset/confirm`
    public static let route = Route.post("/v1/auth/password/reset/confirm")
    /// What it does.
    public static let summary = "Choose a new password by a token."
    /// What a caller must know.
    public static let details = """
        All sign-ins of the person end, and every other token of theirs. It is good until a password was taken: one that \
        is refused does not use it up.
        """
    /// The token says who asks.
    public static let access = Access<Equipped<TenantRequest, CredentialParts>>(.anyone)
    /// A way in for whoever has the token; nobody makes one up.
    public static let limit = Limit.of(.login)
    /// That it was done is kept.
    public static let audit = Audit.changes("session")
    /// The token itself is good once.
    public static let idempotency = Idempotency.none
    /// The token may be over.
    public static let problems: [ProblemCode] = [.notProven]

    @In(.body, "What the message said.", .length(1...200)) var token: String
    @In(.body, "The new password.", .length(1...256)) var password: String

    /// Inputs still empty.
    public init() {}

    /// Judges the new password before the token is used.
    public func respond(to request: Equipped<TenantRequest, CredentialParts>) async throws -> NoContent {
        let (request, parts) = (request.request, request.tool)
        guard let link = parts.keys.link(token, in: request.tenant.id),
            let id: ID<StaffMember> = try await request.clinic.row(
                PasswordLink.owner(of: link, at: request.now, in: request.tenant.id)),
            let owner: PasswordOwner = try await request.clinic.row(
                PasswordOwner.withID(id, in: request.tenant.id))
        else { throw Problem(.notProven) }
        let choice = try await NewPassword(password, for: owner, at: request.tenant, by: parts.passwords)
        try await request.clinic.write { clinic in
            guard try await clinic.run(PasswordLink.use(link, of: id, at: request.now, in: clinic.tenant)) > 0
            else { throw Problem(.notProven) }
            try await choice.set(but: nil, request, in: clinic)
        }
        return NoContent()
    }
}
