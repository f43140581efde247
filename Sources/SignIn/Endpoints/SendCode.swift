import Database
public import EndpointKit
import HTTP
import Messaging
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
    /// A clinic's whole staff may share an address and begin at eight; what is sent is counted more strictly.
    public static let limit = Limit.perAddress(300, per: .seconds(900))
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
        let identifier = try identifier(of: request.tenant)
        guard try await parts.gateways.reaches(channel.message, of: request.clinic) else {
            throw Self.complaint(
                "/channel", "not_sent_here", "must be one that this clinic sends messages by")
        }
        let people: [FoundPerson] = try await request.clinic.rows(
            FoundPerson.all(having: identifier, in: request.tenant.id))
        let challenge = challenge(for: identifier, of: people, request, parts.codes)
        let allowances = allowances(for: identifier, request, parts.codes)
        try await request.clinic.write { clinic in
            for allowance in allowances { try await allowance.take(at: request.now, in: clinic) }
            try await clinic.run(challenge.insert(in: clinic.tenant))
            parts.messages.post(draft(of: challenge), at: request.now, in: clinic)
        }
        return Accepted(SentCode(challenge: challenge.id))
    }

    private func identifier(of tenant: Tenant) throws -> Identifier {
        let configuration = tenant.configuration
        guard let identifier = Identifier(to, for: channel, at: configuration.country) else {
            throw Self.complaint(
                "/to", "wrong_form", "must be a telephone number or a mail address, as the channel needs")
        }
        let allowed = configuration.signIn.countries ?? [configuration.country]
        let isAllowed = identifier.country.map { country in
            allowed.contains { CallingCodes.areOne($0, country) }
        }
        guard isAllowed != false else {
            throw Self.complaint(
                "/to", "country_not_served", "must be a number of a country that this clinic serves")
        }
        return identifier
    }

    private func challenge(
        for identifier: Identifier, of people: [FoundPerson], _ request: TenantRequest, _ keys: CodeKeys
    ) -> Challenge {
        let (tenant, id, code) = (request.tenant, ID<Challenge>.random(at: request.now), CodeKeys.freshCode())
        let languages = people.prefix(1).compactMap(\.language) + tenant.configuration.languages
        let content = Challenge.Content(
            identifier: identifier, code: code, clinic: tenant.name, languages: languages)
        return Challenge(
            id: id, holder: keys.holder(of: identifier, heldBy: people, at: tenant.id), channel: channel,
            digest: keys.digest(of: code, for: id, channel, .signIn, at: tenant.id),
            sealed: keys.seal(content, for: id, at: tenant.id), sentAt: request.now)
    }

    /// In one order, so that nobody waits for each other in a circle.
    private func allowances(
        for identifier: Identifier, _ request: TenantRequest, _ keys: CodeKeys
    ) -> [CodeAllowance] {
        let tenant = request.tenant, address = Array(request.http.clientAddress.household.description.utf8)
        let codesPerHour = tenant.configuration.signIn.codesPerHour
        return [
            CodeAllowance(
                key: keys.count(of: "identifier", identifier.bytes, at: tenant.id), codesMax: 10,
                pause: SentCode.pause),
            CodeAllowance(
                key: keys.count(of: "address", address, at: tenant.id), codesMax: 300, pause: .zero),
            CodeAllowance(
                key: keys.count(of: "clinic", [], at: tenant.id), codesMax: codesPerHour, pause: .zero),
        ]
    }

    private func draft(of challenge: Challenge) -> MessageDraft {
        MessageDraft(
            key: "code \(challenge.id)", .code, by: [channel.message], template: ChallengeReader.template,
            about: MessageSubject(kind: ChallengeReader.kind, id: challenge.id.unique, version: 1),
            expiresAt: challenge.expiresAt)
    }

    private static func complaint(_ pointer: String, _ code: String, _ detail: String) -> Problem {
        .invalidInput([Complaint(pointer: pointer, code: code, detail: detail)])
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
