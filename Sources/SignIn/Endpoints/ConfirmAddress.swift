import Access
import Database
public import EndpointKit
public import Identity
import JSON
public import Messaging
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Makes an address the caller's who has received a code there.
public struct ConfirmAddress: Endpoint {
    /// `POST /v1/me/addresses/confirm`
    public static let route = Route.post("/v1/me/addresses/confirm")
    /// What it does.
    public static let summary = "Be reached at an address from now on, by the code that was sent there."
    /// What a caller must know.
    public static let details = """
        It takes the place of the caller's mail address or number before, which is told. Five guesses are judged within \
        fifteen minutes.
        """
    /// Whoever asked for the code: it is bound to the person.
    public static let access = Access<Equipped<CallerRequest, SignInParts>>(.signedIn)
    /// A person's clicks; guesses are counted more strictly.
    public static let limit = Limit.perCaller(30, per: .seconds(900))
    /// That it was changed is kept, and of the staff what from.
    public static let audit = Audit.writes("address")
    /// The code itself is good once.
    public static let idempotency = Idempotency.none
    /// The code may be wrong, and somebody else of the staff may have the address.
    public static let problems: [ProblemCode] = [.wrongCode, .conflict, .notAllowed]

    @In(.body, "What `POST /v1/me/addresses` answered.") var challenge: ID<Challenge>
    @In(.body, "The six digits.", .code) var code: String

    /// Inputs still empty.
    public init() {}

    /// Judges and changes with one commit; a wrong guess commits its count.
    public func respond(to request: Equipped<CallerRequest, SignInParts>) async throws -> OwnAddress {
        let (request, parts) = (request.request, request.tool)
        guard let person = request.caller.personOfClinic else { throw Problem.notAllowed }
        let channels = try await parts.gateways.channels(for: request.clinic)
        let proven = try await Self.refusingTakenOnes {
            try await request.clinic.write { clinic -> OwnAddress? in
                guard let identifier = try await judged(person, request, parts.codes, in: clinic) else {
                    return nil
                }
                return try await keep(identifier, of: person, request, parts, by: channels, in: clinic)
            }
        }
        guard let proven else { throw Problem(.wrongCode) }
        try await KnownPerson.recognise(
            proven.identifier, parts.codes, in: request.request.database, at: request.now)
        return proven
    }

    private func judged(
        _ person: Person, _ request: CallerRequest, _ keys: CodeKeys, in clinic: borrowing Transaction
    ) async throws -> Identifier? {
        let tenant = clinic.tenant
        let digest = { keys.digest(of: code, for: challenge, $0, .address, at: tenant) }
        let judged: JudgedCode? = try await clinic.row(
            Challenge.judge(
                challenge, .address, of: keys.holder(of: person, at: tenant), digest, at: request.now,
                in: tenant))
        guard let judged, judged.isRight else { return nil }
        return keys.open(judged.sealed, of: challenge, at: tenant)?.identifier
    }

    private func keep(
        _ identifier: Identifier, of person: Person, _ request: CallerRequest, _ parts: SignInParts,
        by channels: [MessageChannel], in clinic: borrowing Transaction
    ) async throws -> OwnAddress? {
        let found: OwnAddresses? = try await clinic.row(
            OwnAddresses.of(person, forChange: true, in: clinic.tenant))
        guard let before = found else { throw Problem.signInRequired }
        try await clinic.run(identifier.become(addressOf: person, in: clinic.tenant))
        clinic.queue(identifier.noteProof(by: person, at: request.now, in: clinic.tenant))
        let witness = before.witness(ofChangeTo: identifier)
        if let witness, let channel = witness.channel(among: channels) {
            parts.messages.post(
                told(witness, by: channel, request), at: request.now, in: clinic)
        }
        let event = AuditEvent(
            act: "addresses.confirm", of: "address", person.id,
            detail: ["kind": .string(identifier.kind.rawValue), "changed": .bool(witness != nil)])
        clinic.queue(AuditTrail.statement(event, by: request, as: request.caller.roles.first?.role))
        let after: OwnAddresses? = try await clinic.row(OwnAddresses.of(person, in: clinic.tenant))
        return after?.all.first { $0.identifier == identifier }
    }

    /// Says at the address before that it is no longer the one.
    private func told(
        _ witness: Identifier, by channel: MessageChannel, _ request: CallerRequest
    ) -> MessageDraft {
        var draft = MessageDraft(
            key: "address changed \(challenge)", .code, by: [channel], template: "sign-in.address-changed",
            about: nil, expiresAt: request.now + .seconds(86_400))
        var content = MessageContent(languages: request.tenant.configuration.languages, zone: "UTC")
        switch witness {
        case .phone(let phone): content.phone = phone
        case .email(let email): content.email = email
        }
        content.facts = ["clinic": .text(request.tenant.name)]
        draft.content = content
        return draft
    }

    /// Nobody learns whose address it is who has not proven that it is theirs as well.
    private static func refusingTakenOnes<Value>(
        _ body: nonisolated(nonsending) () async throws -> Value
    ) async throws -> Value {
        do { return try await body() } catch let error as DatabaseError {
            guard ["staff_member_email_is_free", "staff_member_phone_is_free"].contains(error.constraint)
            else { throw error }
            throw Problem.conflict("Somebody else who works here has this address.")
        }
    }
}

extension Identifier {
    /// By which of these a message reaches it.
    public func channel(among channels: [MessageChannel]) -> MessageChannel? {
        let fitting: [MessageChannel] = kind == .email ? [.email] : [.sms, .whatsApp]
        return fitting.first(where: channels.contains)
    }
}
