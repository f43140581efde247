import Database
import EndpointKit
import HTTP
import Identity
import Messaging
import Shapes
public import Tenancy
import Vocabulary

/// How a code gets on its way, whatever it is for.
struct CodeSending: Sendable {
    let request: TenantRequest
    let parts: SignInParts
    let channel: CodeChannel

    init(_ request: TenantRequest, _ parts: SignInParts, by channel: CodeChannel) {
        (self.request, self.parts, self.channel) = (request, parts, channel)
    }

    /// What was typed in its normal form, where a code may be sent; a complaint about anything else.
    func identifier(_ typed: String) async throws -> Identifier {
        let configuration = request.tenant.configuration
        guard let identifier = Identifier(typed, for: channel, at: configuration.country) else {
            throw Self.complaint(
                "/to", "wrong_form", "must be a telephone number or a mail address, as the channel needs")
        }
        guard identifier.isServed(by: configuration) else {
            throw Self.complaint(
                "/to", "country_not_served", "must be a number of a country that this clinic serves")
        }
        guard try await parts.gateways.reaches(channel.message, of: request.clinic) else {
            throw Self.complaint(
                "/channel", "not_sent_here", "must be one that this clinic sends messages by")
        }
        return identifier
    }

    /// A fresh code for a holder.
    func challenge(
        _ purpose: Challenge.Purpose, to identifier: Identifier, of holder: [UInt8], languages: [Language]
    ) -> Challenge {
        let (tenant, id, code) = (request.tenant, ID<Challenge>.random(at: request.now), CodeKeys.freshCode())
        let content = Challenge.Content(
            identifier: identifier, code: code, clinic: tenant.name,
            languages: languages + tenant.configuration.languages)
        return Challenge(
            id: id, holder: holder, channel: channel, purpose: purpose,
            digest: parts.codes.digest(of: code, for: id, channel, purpose, at: tenant.id),
            sealed: parts.codes.seal(content, for: id, at: tenant.id), sentAt: request.now)
    }

    /// Counts the code, keeps it and asks for its message, all or nothing.
    func send(_ challenge: Challenge, to identifier: Identifier) async throws -> SentCode {
        let allowances = allowances(for: identifier)
        try await request.clinic.write { clinic in
            for allowance in allowances { try await allowance.take(at: request.now, in: clinic) }
            try await clinic.run(challenge.insert(in: clinic.tenant))
            parts.messages.post(draft(of: challenge), at: request.now, in: clinic)
        }
        return SentCode(challenge: challenge.id)
    }

    /// In one order, so that nobody waits for each other in a circle.
    private func allowances(for identifier: Identifier) -> [CodeAllowance] {
        let (tenant, keys) = (request.tenant, parts.codes)
        let address = Array(request.http.clientAddress.household.description.utf8)
        return [
            CodeAllowance(
                key: keys.count(of: "identifier", identifier.bytes, at: tenant.id), codesMax: 10,
                pause: SentCode.pause),
            CodeAllowance(
                key: keys.count(of: "address", address, at: tenant.id), codesMax: 300, pause: .zero),
            CodeAllowance(
                key: keys.count(of: "clinic", [], at: tenant.id),
                codesMax: tenant.configuration.signIn.codesPerHour, pause: .zero),
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

extension Identifier {
    /// Whether the clinic sends to numbers of that country; mail has none.
    public func isServed(by configuration: ClinicConfiguration) -> Bool {
        guard let country else { return true }
        let allowed = configuration.signIn.countries ?? [configuration.country]
        return allowed.contains { CallingCodes.areOne($0, country) }
    }
}
