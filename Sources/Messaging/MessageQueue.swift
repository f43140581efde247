public import Crypto
public import Database
import JSON
import JobQueue
public import Vocabulary

/// Where messages are asked for, in the transaction that makes them necessary.
public struct MessageQueue: Sendable {
    private let key: SealingKey

    /// Seals what a message carries itself under a key of this purpose.
    public init(under secret: Secret) { key = secret.sealingKey(for: "message content") }

    /// Asks for a message, and leaves the job that sends it. One with a key that was asked for before is
    /// ignored; one without a channel reaches nobody and is not kept.
    public func post(_ draft: MessageDraft, at now: Instant, in transaction: borrowing Transaction) {
        guard let channel = draft.channels.first else { return }
        let id = ID<Message>.random(at: now)
        let sealed = draft.content.map { seal($0, of: id, for: transaction.tenant) }
        transaction.queue(
            Message.insert(draft, id, channel: channel, sealed: sealed, at: now, in: transaction.tenant))
        Self.enqueue(id, draft.category, notBefore: draft.notBefore, in: transaction)
    }

    static func enqueue(
        _ id: ID<Message>, _ category: MessageCategory, notBefore: Instant?,
        in transaction: borrowing Transaction
    ) {
        switch category {
        case .code, .appointment:
            JobQueue.enqueue(SendMessage(message: id), key: id.text, notBefore: notBefore, in: transaction)
        case .reminder, .record, .marketing:
            JobQueue.enqueue(SendReminder(message: id), key: id.text, notBefore: notBefore, in: transaction)
        }
    }

    private func seal(_ content: MessageContent, of id: ID<Message>, for tenant: TenantID) -> [UInt8] {
        key.seal(content.json.bytes, context: Self.context(id, tenant))
    }

    /// What a message carries itself; nil when it carries nothing, or the box is not this row's.
    func content(of message: Message, in tenant: TenantID) -> MessageContent? {
        guard let box = message.sealedContent,
            let plain = key.open(box, context: Self.context(message.id, tenant)),
            let json = try? JSON(parsing: plain)
        else { return nil }
        return MessageContent(json)
    }

    /// A box moved to another row or another clinic does not open.
    private static func context(_ id: ID<Message>, _ tenant: TenantID) -> [UInt8] {
        Array("message \(tenant.number) \(id.text)".utf8)
    }
}
