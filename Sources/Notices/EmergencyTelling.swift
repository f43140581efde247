import Database
public import JobQueue
public import Messaging
public import Tenancy
import Trust
public import Vocabulary

/// Tells patients that their records were opened in an emergency, once: where they look, and on the channels
/// of which they have not said no.
public struct EmergencyTelling: Sendable {
    private let queue: MessageQueue
    private let gateways: MessageGateways
    private let zones: ZoneFiles
    private let clock: WallClock

    /// Asks `queue` for messages on the channels that `gateways` has for a clinic.
    public init(by queue: MessageQueue, _ gateways: MessageGateways, zones: ZoneFiles, clock: WallClock) {
        (self.queue, self.gateways, self.zones, self.clock) = (queue, gateways, zones, clock)
    }

    /// Takes the job upon itself. What is asked for and the end of the job are one transaction.
    public func register(in handlers: inout JobHandlers) {
        handlers.on(TellOfEmergency.self) { job, context in
            let channels = try await gateways.channels(for: context.clinic)
            let age = try await AccessConfiguration.current(in: context.clinic).majorityAge
            return try await context.finish {
                try await tell(of: job.emergency, by: channels, ofAge: age, in: $0)
            }
        }
    }

    /// Nobody is told of somebody who is no longer a patient here.
    func tell(
        of emergency: ID<EmergencyAccess>, by channels: [MessageChannel], ofAge age: Int,
        in clinic: borrowing Transaction
    ) async throws {
        let now = clock.now()
        let found: OpenedRecord? = try await clinic.row(OpenedRecord.of(emergency, in: clinic.tenant))
        guard let opened = found else { return }
        for recipient in try await recipients(of: opened, ofAge: age, at: now, in: clinic) {
            let notice = EmergencyNotice(
                id: .random(at: now), emergency: emergency, recipient: recipient, patient: opened.patient)
            guard try await clinic.run(notice.insert(at: now, in: clinic.tenant)) == 1 else { continue }
            let open = try await Self.channels(among: channels, of: recipient, in: clinic)
            queue.post(notice.draft(by: open, at: now), at: now, in: clinic)
            ShownMessage.show(
                notice.shown(of: opened, at: now), to: [.init(.patient, recipient)], in: clinic)
        }
    }

    /// Those on which they have not said no to such messages.
    private static func channels(
        among channels: [MessageChannel], of recipient: UniqueID, in clinic: borrowing Transaction
    ) async throws -> [MessageChannel] {
        let words: [MessageConsent] = try await clinic.rows(
            MessageConsent.all(of: recipient, in: clinic.tenant))
        let declined = words.filter { $0.choice.category == .record && !$0.wanted }.map(\.choice.channel)
        return channels.filter { !declined.contains($0) }
    }

    /// In a child's place whoever answers for it; a child for whom nobody does is told itself.
    private func recipients(
        of opened: OpenedRecord, ofAge age: Int, at now: Instant, in clinic: borrowing Transaction
    ) async throws -> [UniqueID] {
        let zone = try zones.zone(named: opened.zone)
        guard !Guardianship.isOfAge(opened.birthDate, age, at: now, in: zone) else { return [opened.patient] }
        let guardians: [UniqueID] = try await clinic.rows(
            EmergencyNotice.guardians(of: opened.patient, at: now, in: clinic.tenant))
        return guardians.isEmpty ? [opened.patient] : guardians
    }
}
