import Correspondence
import Credentials
import Crypto
import Database
import EventLoop
import Invitations
import JobQueue
import Messaging
import Notices
import Outgoing
import SignIn
import Telemetry
import Tenancy
import Vocabulary
import Webhooks

/// What is told, put together: what reads events, what sends messages and by which gateways, and webhooks.
struct Messages: Sendable {
    let gateways: MessageGateways
    let webhooks: WebhookParts
    /// What comes back about messages.
    let correspondence: CorrespondenceParts
    let queue: MessageQueue
    private let relay: EventRelay
    private let emergencies: EmergencyTelling
    private let sender: MessageSender
    private let webhookSender: WebhookSender
    private let couriers: [Courier]

    init(_ configuration: Configuration, loops: [EventLoop], under secret: Secret, log: Log) {
        let (trusted, guarded) = (
            Courier(.operatorNamed, loops: loops), Courier(.publicOnly(), loops: loops)
        )
        webhooks = WebhookParts(under: secret, opening: configuration.webhookBlocks)
        // What development opens to webhooks is open to nothing else.
        let outward = Courier(webhooks.addresses, loops: loops)
        couriers = [trusted, guarded, outward]
        gateways = MessageGateways(
            configuration.gateways, usesInbox: configuration.mode == .development, trusted: trusted,
            guarded: guarded, under: secret)
        let links = MessageLinks(under: secret) { configuration.url(of: $0) }
        correspondence = CorrespondenceParts(gateways, links)
        queue = MessageQueue(under: secret)
        relay = EventRelay(to: queue, by: gateways, and: [WebhookFanOut(), EventShowing()], clock: .system)
        emergencies = EmergencyTelling(by: queue, gateways, zones: ZoneFiles(), clock: .system)
        webhookSender = WebhookSender(webhooks, by: outward, clock: .system)
        sender = MessageSender(
            by: gateways, from: queue,
            about: [
                AppointmentReader(), EmergencyReader(), ChallengeReader(under: secret, clock: .system),
                PasswordLetter(under: secret, clock: .system),
                InvitationLetter(under: secret, links: links, clock: .system),
            ], zones: ZoneFiles(),
            clock: .system, log: log, links: links)
    }

    /// What workers do about messages and webhooks.
    func register(in handlers: inout JobHandlers) {
        relay.register(in: &handlers)
        emergencies.register(in: &handlers)
        sender.register(in: &handlers)
        webhookSender.register(in: &handlers)
        ReceiptKeeper(clock: .system).register(in: &handlers)
    }

    /// Wakes relays when events are told of, until the task is cancelled.
    func listen(to database: Database) async { await relay.listen(to: database) }

    func close() { for courier in couriers { courier.close() } }
}
