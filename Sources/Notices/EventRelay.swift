public import Database
public import JobQueue
public import Messaging
public import Outbox
import Tenancy
public import Vocabulary

/// From events to messages, and to whatever else is made of them.
public struct EventRelay: Sendable {
    private static let batch = 200
    /// Clinics are woken so often at most.
    private static let pulse: Int64 = 500

    private let gateways: MessageGateways
    private let queue: MessageQueue
    private let clock: WallClock
    private let receivers: [any EventReceiver]

    /// A relay that asks `queue` for messages on the channels that `gateways` has for a clinic, and hands the
    /// same events to others.
    public init(
        to queue: MessageQueue, by gateways: MessageGateways, and receivers: [any EventReceiver] = [],
        clock: WallClock
    ) {
        (self.queue, self.gateways, self.clock) = (queue, gateways, clock)
        self.receivers = receivers
    }

    /// Takes the relay's job upon itself.
    public func register(in handlers: inout JobHandlers) {
        handlers.on(RelayEvents.self) { _, context in
            guard try await relay(in: context.clinic) else {
                return .later(.milliseconds(200), because: "an older transaction is still under way")
            }
            return .done
        }
    }

    /// Wakes the relay of each clinic of which an event is told, and after a gap of each that has events that
    /// were not relayed. Runs until its task is cancelled.
    public func listen(to database: Database) async {
        for await notice in database.notifications.subscribe(to: Outbox.channel) {
            for tenant in await told(by: notice, of: database) {
                try? await wake(database.clinic(tenant))
            }
        }
    }

    private func told(by notice: Notice, of database: Database) async -> [TenantID] {
        switch notice {
        case .payload(let numbers):
            return numbers.split(separator: ",").compactMap { Int32($0).map(TenantID.init(number:)) }
        case .reread:
            // What cannot be read now is found by the jobs that run every five minutes.
            return (try? await database.workerRows(RelayPlace.behind)) ?? []
        case .pulse: return []
        }
    }

    /// One job for each half second, which runs when that is over: whatever was told of in it has been
    /// committed by then.
    private func wake(_ clinic: TenantDatabase) async throws {
        let beat = clock.now().milliseconds / Self.pulse
        try await clinic.write { transaction in
            JobQueue.enqueue(
                RelayEvents(), key: "beat-\(beat)", subject: RelayEvents.line,
                notBefore: Instant(microseconds: (beat + 1) * Self.pulse * 1000), in: transaction)
        }
    }

    /// Reads until nothing is left; false when something is there that cannot be read yet.
    func relay(in clinic: TenantDatabase) async throws -> Bool {
        let channels = try await gateways.channels(for: clinic)
        while true {
            let place: OutboxPosition =
                try await clinic.row(RelayPlace.of(clinic.tenant), as: RelayPlace.self)?.position
                ?? .beginning
            let events = try await Outbox.after(place, in: clinic, limit: Self.batch)
            guard let last = events.last else {
                return try await clinic.rows(
                    RelayPlace.waiting(after: place, in: clinic.tenant), as: Bool.self)
                    == [false]
            }
            let hours = try await MessageConfiguration.current(in: clinic).reminderHours
            let plan = NoticePlan(
                channels: channels, now: clock.now(), reminders: hours.map { .seconds($0 * 3600) })
            try await clinic.write { transaction in
                let isOurs = try await transaction.run(
                    RelayPlace.move(from: place, to: last.position, in: clinic.tenant))
                // Another relay has been here meanwhile: it asked for these.
                guard isOurs > 0 else { return }
                for draft in events.flatMap(plan.drafts(for:)) {
                    queue.post(draft, at: plan.now, in: transaction)
                }
                for receiver in receivers { try await receiver.receive(events, in: transaction) }
            }
        }
    }
}
