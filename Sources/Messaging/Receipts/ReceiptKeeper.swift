public import Database
public import JobQueue
public import Vocabulary

/// Keeps what gateways say, and does what follows. A call is answered alike whether its messages are known or
/// not: it is only written down then, and looked at by a job.
public struct ReceiptKeeper: Sendable {
    /// A receipt can be here before the answer in which the gateway tells its name for the message.
    private static let patience = Duration.seconds(600)
    private static let rest = Duration.seconds(3)
    private static let kept = Duration.seconds(30 * 86_400)

    private let clock: WallClock

    /// A keeper by this clock.
    public init(clock: WallClock) { self.clock = clock }

    /// Writes a report down. What was said before leaves nothing to do.
    public static func keep(
        _ report: GatewayReport, from gateway: String, at now: Instant, in transaction: borrowing Transaction
    ) async throws {
        for receipt in report.receipts.prefix(GatewayReport.most) {
            let new: [Bool] = try await transaction.rows(
                receipt.keep(from: gateway, at: now, in: transaction.tenant))
            guard !new.isEmpty else { continue }
            let job = HeedReceipt(receipt, from: gateway)
            // In the order in which they came: a failure that is told behind the delivery must not be heeded
            // before it, and send the message another way.
            JobQueue.enqueue(job, key: job.key, subject: job.line, in: transaction)
        }
    }

    /// Takes what follows upon itself.
    public func register(in handlers: inout JobHandlers) {
        handlers.on(HeedReceipt.self) { job, context in
            try await heed(job, in: context.clinic, enqueuedAt: context.enqueuedAt) { settlement in
                try await context.finish { settlement.apply(in: $0) }
            }
        }
        handlers.on(oldCorrespondence)
    }

    /// Forgets, once a day, receipts of more than a month ago and shown messages of more than three.
    private var oldCorrespondence: Sweep {
        Sweep("forget-correspondence") { clinic in
            let now = clock.now(), oldest = UniqueID(at: now - ShownMessage.kept, random: 0)
            clinic.queue(Receipt.forget(before: now - Self.kept, in: clinic.tenant))
            clinic.queue(ShownMessage.forget(before: oldest, in: clinic.tenant))
        }
    }

    /// A message goes on, never back; one that failed goes by the next channel.
    func heed(
        _ job: HeedReceipt, in clinic: TenantDatabase, enqueuedAt: Instant,
        settle: nonisolated(nonsending) (MessageSettlement) async throws -> JobOutcome
    ) async throws -> JobOutcome {
        let (found, reason): (Message?, String?) = try await clinic.write { transaction in
            (
                try await transaction.row(
                    Message.named(job.gatewayID, by: job.gateway, in: transaction.tenant)),
                try await transaction.row(Receipt.reason(job, in: transaction.tenant))
            )
        }
        guard let message = found else {
            return clock.now() - enqueuedAt < Self.patience
                ? .later(Self.rest, because: "no message has that name yet")
                : .drop(because: "no message has that name")
        }
        guard job.state.follows(message.state) else { return .drop(because: "it is further already") }
        return try await settle(
            MessageSettlement(
                message: message, state: job.state.messageState, reason: reason, gatewayID: nil,
                at: clock.now(), from: job.state.predecessors))
    }
}
