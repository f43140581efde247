import Database
import EndpointKit
import Identity
import Messaging
import Shapes
import SignIn
import Tenancy
import Vocabulary

extension Invitation {
    /// An invitation that is being made.
    init(
        inviting name: String, at address: Identifier, by inviter: ID<StaffMember>,
        under configuration: ClinicConfiguration, now: Instant
    ) {
        (id, link, self.name, self.address) = (.random(at: now), .random(at: now), name, address)
        languages = configuration.languages.map(\.tag)
        (invitedBy, invitedAt, timesSent) = (inviter, now, 1)
        expiresAt = now + Self.lifetime(under: configuration)
        (acceptedAt, acceptedBy, revokedAt) = (nil, nil, nil)
    }

    /// How long a link is good.
    static func lifetime(under configuration: ClinicConfiguration) -> Duration {
        .seconds(configuration.signIn.invitationHours * 3600)
    }
}

extension InvitationParts {
    /// By what the address is reached, or the complaint that the clinic cannot.
    func channel(to address: Identifier, of clinic: TenantDatabase) async throws -> MessageChannel {
        guard let channel = address.channel(among: try await gateways.channels(for: clinic)) else {
            throw Problem.invalidInput([
                Complaint(
                    pointer: "/to", code: "not_sent_here",
                    detail: "must be reached by what this clinic sends messages by")
            ])
        }
        return channel
    }

    /// Asks for the message, in the transaction that made the link.
    func send(
        _ invitation: Invitation, by channel: MessageChannel, at now: Instant,
        in clinic: borrowing Transaction
    ) {
        messages.post(
            MessageDraft(
                key: "invitation \(invitation.link)", .code, by: [channel],
                template: InvitationLetter.template,
                about: MessageSubject(
                    kind: InvitationLetter.kind, id: invitation.id.unique, version: invitation.timesSent),
                expiresAt: invitation.expiresAt), at: now, in: clinic)
    }
}
