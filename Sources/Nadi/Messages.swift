import Crypto
import Database
import EventLoop
import JobQueue
import Messaging
import Notices
import Outgoing
import Telemetry
import Tenancy
import Vocabulary

/// Messages, put together: what reads events, what sends, and the gateways they go by.
struct Messages: Sendable {
    let gateways: MessageGateways
    private let relay: EventRelay
    private let sender: MessageSender
    private let couriers: [Courier]

    init(_ configuration: Configuration, loops: [EventLoop], under secret: Secret, log: Log) {
        let (trusted, guarded) = (
            Courier(.operatorNamed, loops: loops), Courier(.publicOnly(), loops: loops)
        )
        couriers = [trusted, guarded]
        gateways = MessageGateways(
            configuration.gateways, usesInbox: configuration.mode == .development, trusted: trusted,
            guarded: guarded, under: secret)
        let queue = MessageQueue(under: secret)
        relay = EventRelay(to: queue, by: gateways, clock: .system)
        sender = MessageSender(
            by: gateways, from: queue, about: [AppointmentReader()], zones: ZoneFiles(), clock: .system,
            log: log)
    }

    /// What workers do about messages.
    func register(in handlers: inout JobHandlers) {
        relay.register(in: &handlers)
        sender.register(in: &handlers)
    }

    /// Wakes relays when events are told of, until the task is cancelled.
    func listen(to database: Database) async { await relay.listen(to: database) }

    func close() { for courier in couriers { courier.close() } }
}
