import Database
public import EndpointKit
public import Reception
public import Shapes
public import Tenancy
public import Vocabulary

/// Sends a code to somebody who wants to sign in.
public struct SendCode: Endpoint {
    /// `POST /v1/auth/otp`
    public static let route = Route.post("/v1/auth/otp")
    /// What it does.
    public static let summary = "Send a one-time code to sign in with."
    /// What a caller must know.
    public static let details = """
        The answer is the same whether the clinic knows anybody by that number or address or not: a code is sent only to \
        whom it knows. It is good for five minutes and for one use; a newer code, by whatever channel, takes the place of \
        the one before.
        """
    /// Whoever wants to become a caller.
    public static let access = Access<Equipped<TenantRequest, SignInParts>>(.anyone)
    /// A way in; what is sent is counted more strictly.
    public static let limit = Limit.of(.login)
    /// Whoever asks is nobody yet; that they signed in is kept.
    public static let audit = Audit.silent
    /// A kept answer would be one for the wrong caller.
    public static let idempotency = Idempotency.none

    @In(.body, "By what the code is sent.") var channel: CodeChannel
    @In(.body, "The telephone number or mail address, however it is written.", .length(3...320)) var to:
        String

    /// Inputs still empty.
    public init() {}

    /// Does the same work for everybody; whether anybody is known by the identifier only the sender asks.
    public func respond(to request: Equipped<TenantRequest, SignInParts>) async throws -> Accepted<SentCode> {
        let (request, parts) = (request.request, request.tool)
        let sending = CodeSending(request, parts, by: channel)
        let identifier = try await sending.identifier(to)
        let people: [FoundPerson] = try await request.clinic.rows(
            FoundPerson.all(having: identifier, at: request.now, in: request.tenant.id))
        let challenge = sending.challenge(
            .signIn, to: identifier,
            of: parts.codes.holder(of: identifier, heldBy: people, at: request.tenant.id),
            languages: people.prefix(1).compactMap(\.language))
        return Accepted(try await sending.send(challenge, to: identifier))
    }
}

/// That a code is on its way, if there is anybody to get it.
public struct SentCode: Output {
    /// How soon another one may be asked for.
    static let pause = Duration.seconds(30)

    /// What the code answers.
    public let challenge: ID<Challenge>

    /// The answer's members.
    public static let shape = OutputShape<SentCode> {
        Out("challenge", "What the code answers; send both to `POST /v1/auth/otp/verify`.") { $0.challenge }
        Out("expires_in", "Seconds for which the code is good.", example: 300) { _ in
            Int(Challenge.lifetime.components.seconds)
        }
        Out("resend_after", "Seconds after which another code may be asked for.", example: 30) { _ in
            Int(pause.components.seconds)
        }
    }
}
