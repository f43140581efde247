import Database
public import EndpointKit
import HTTP
import Messaging
public import Reception
import Shapes
import SignIn
public import Tenancy
import Vocabulary

/// Sends a token by which a staff member chooses a new password.
public struct AskForReset: Endpoint {
    /// `POST /v1/auth/password/reset`
    public static let route = Route.post("/v1/auth/password/reset")
    /// What it does.
    public static let summary = "Send a token by which a new password is chosen."
    /// What a caller must know.
    public static let details = """
        The answer is the same whether the clinic knows anybody by that number or address or not. The token is good for half \
        an hour and for one use.
        """
    /// Whoever has forgotten.
    public static let access = Access<Equipped<TenantRequest, CredentialParts>>(.anyone)
    /// Each sends a message.
    public static let limit = Limit.of(.passwordReset)
    /// Whoever asks is nobody yet.
    public static let audit = Audit.silent
    /// A kept answer would be one for the wrong caller.
    public static let idempotency = Idempotency.none

    @In(.body, "The telephone number or mail address, however it is written.", .length(3...320)) var login:
        String

    /// Inputs still empty.
    public init() {}

    /// Does the same work for everybody; whether anybody is meant only the sender asks.
    public func respond(to request: Equipped<TenantRequest, CredentialParts>) async throws -> NoContent {
        let (request, parts) = (request.request, request.tool)
        let tenant = request.tenant.id
        guard let identifier = Identifier(typed: login, at: request.tenant.configuration.country) else {
            return NoContent()
        }
        let owner: PasswordOwner? = try await request.clinic.row(
            PasswordOwner.reached(by: identifier, in: tenant))
        let count = GuessCount(parts.keys.guesses(at: "reset", identifier.bytes, in: tenant), free: 3)
        let id = UniqueID.random(at: request.now)
        try await request.clinic.write { clinic in
            try await count.take(at: request.now, in: clinic)
            clinic.queue(
                PasswordLink.insert(
                    id, of: owner?.id, in: request.tenant.configuration.languages.map(\.tag), at: request.now,
                    in: tenant))
            parts.signIn.messages.post(
                draft(id, to: identifier, at: request.now), at: request.now, in: clinic)
        }
        return NoContent()
    }

    private func draft(_ id: UniqueID, to identifier: Identifier, at now: Instant) -> MessageDraft {
        let channel: MessageChannel = if case .email = identifier { .email } else { .sms }
        return MessageDraft(
            key: "password link \(id)", .code, by: [channel], template: PasswordLetter.template,
            about: MessageSubject(kind: PasswordLetter.kind, id: id, version: 1),
            expiresAt: now + PasswordLink.lifetime)
    }
}
