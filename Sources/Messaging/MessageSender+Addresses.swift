import Database
import Vocabulary

/// What a message must know of its clinic to leave.
extension MessageSender {
    func sendingClinic(
        of message: Message, in transaction: borrowing Transaction
    ) async throws -> SendingClinic? {
        try await transaction.row(SendingClinic.of(transaction.tenant, sending: message.channel))
    }

    /// The message with the addresses that stand in it: where a gateway tells what became of it, and where
    /// one click ends such messages.
    func addressed(
        _ outgoing: OutgoingMessage, _ message: Message, to recipient: UniqueID?,
        in transaction: borrowing Transaction
    ) async throws -> OutgoingMessage {
        guard let links, let clinic = try await sendingClinic(of: message, in: transaction) else {
            return outgoing
        }
        var outgoing = outgoing
        outgoing.clinicAddress = links.address(of: clinic.slug)
        outgoing.unsubscribe = recipient.flatMap {
            links.unsubscribe(message, to: $0, of: clinic.slug, in: transaction.tenant, at: outgoing.now)
        }
        return outgoing
    }
}
