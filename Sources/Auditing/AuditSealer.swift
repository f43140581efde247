public import Crypto
public import Database
import EventLoop
public import JobQueue
public import Telemetry
public import Vocabulary

/// Seals clinics' audit trails: looks which have something new, and carries out the jobs that seal it.
public struct AuditSealer: Sendable {
    /// How often is looked for clinics with new events.
    private static let pulse = Duration.seconds(10)
    /// A job seals so many segments and then lets others run.
    private static let segmentsAtOnce = 16
    /// A quiet clinic's chain grows by an empty segment so often: whoever puts a row into its past is found
    /// out after a day at most.
    static let quiet = Duration.seconds(86_400)

    /// What signs.
    public let seal: AuditSeal
    private let clock: WallClock
    private let log: Log

    /// A sealer with the key of this secret.
    public init(under secret: Secret, clock: WallClock, log: Log) {
        (seal, self.clock, self.log) = (AuditSeal(under: secret), clock, log)
    }

    /// Takes the job of sealing upon itself.
    public func register(in handlers: inout JobHandlers) {
        handlers.on(SealAudit.self) { _, context in
            for _ in 1...Self.segmentsAtOnce {
                guard try await sealNext(in: context.clinic) else { return .done }
            }
            return .later(.milliseconds(1), because: "there is more to seal")
        }
    }

    /// Leaves a job for each clinic with something new, every few seconds, until its task is cancelled.
    /// Several processes may do so: of two jobs for a clinic the second is not left.
    public func watch(_ database: Database) async {
        while (try? await EventLoop.current?.sleep(for: Self.pulse)) != nil {
            do { try await Self.leaveJobs(in: database, at: clock.now()) } catch {
                log.debug("nobody could look for audit events to seal", ["fault": .fault("\(error)")])
            }
        }
    }

    /// Seals one segment; whether there is more to seal at once.
    @discardableResult
    func sealNext(in clinic: TenantDatabase) async throws -> Bool {
        // Ids tell milliseconds: a finer border would cut through one of them.
        let now = Instant(microseconds: clock.now().milliseconds * 1_000)
        let sealed: AuditSegment? = try await clinic.write { transaction in
            guard let end: ChainEnd = try await transaction.row(ChainEnd.of(clinic.tenant)) else {
                return nil
            }
            let events: [SealedEvent] = try await transaction.rows(
                SealedEvent.unsealed(
                    from: end.through.map { $0 - AuditSegment.lookback }, to: now,
                    limit: AuditSegment.eventsMax, in: clinic.tenant))
            let isQuiet = end.through.map { now - $0 < Self.quiet } ?? true
            guard !events.isEmpty || !isQuiet else { return nil }
            let segment = seal.segment(
                end.number + 1, of: end.clinic, after: end.digest, over: events,
                through: Self.reach(of: events, at: now, notBefore: end.through), at: now)
            transaction.queue(segment.insert(in: clinic.tenant))
            tell(of: segment, after: end)
            return segment
        }
        return sealed?.events.count == AuditSegment.eventsMax
    }

    /// A full segment reaches to its last event, any other to now; none reaches less far than the one before.
    private static func reach(
        of events: [SealedEvent], at now: Instant, notBefore earlier: Instant?
    ) -> Instant {
        guard events.count == AuditSegment.eventsMax, let last = events.last else { return now }
        return max(last.id.unique.instant, earlier ?? last.id.unique.instant)
    }

    /// The first segment of a day tells the log where the chain had come to: a log is kept elsewhere, and
    /// what it says cannot be taken back by whoever changes the database.
    private func tell(of segment: AuditSegment, after end: ChainEnd) {
        guard let before = end.through, before.seconds / 86_400 != segment.through.seconds / 86_400 else {
            return
        }
        log.notice(
            "an audit chain reached a new day",
            [
                "clinic": .token(segment.clinic.text),
                "head": .token(AuditHead(number: segment.number, digest: segment.digest).text),
            ])
    }
}
