import Access
import Database
import HTTP
import JSON
public import JobQueue
public import Outgoing
import Outbox
import Tenancy
public import Vocabulary

/// Carries deliveries out, one for each job: reads, signs, asks, judges, writes down.
public struct WebhookSender: Sendable {
    private static let page = 200
    private static let deliveriesKept = Duration.seconds(30 * 86_400)

    private let parts: WebhookParts
    private let courier: Courier
    private let clock: WallClock

    /// A sender whose courier must be guarded by the parts' `addresses`.
    public init(_ parts: WebhookParts, by courier: Courier, clock: WallClock) {
        (self.parts, self.courier, self.clock) = (parts, courier, clock)
    }

    /// Takes the room's kinds of job upon itself.
    public func register(in handlers: inout JobHandlers) {
        handlers.on(DeliverWebhook.self) { job, context in try await deliver(job.delivery, in: context) }
        handlers.on(ReplayEvents.self) { job, context in try await replay(job, in: context) }
        handlers.on(oldDeliveries)
    }

    /// Forgets, once a day, the log's lines of more than a month ago.
    private var oldDeliveries: Sweep {
        Sweep("forget-deliveries", .daily(hour: 2)) { clinic in
            let oldest = UniqueID(at: clock.now() - Self.deliveriesKept, random: 0)
            try await WebhookDelivery.abandonForgotten(in: clinic)
            clinic.queue(WebhookDelivery.forget(before: oldest, in: clinic.tenant))
        }
    }

    private func deliver(_ id: ID<WebhookDelivery>, in context: JobContext) async throws -> JobOutcome {
        let tenant = context.clinic.tenant
        let found: DueDelivery? = try await context.clinic.row(DueDelivery.waiting(id, in: tenant))
        guard let due = found else { return .drop(because: "there is nothing left to deliver") }
        guard due.isEnabled else {
            return try await context.finish { $0.queue(WebhookDelivery.drop(id, in: tenant)) }
        }
        guard context.failedTries < DeliverWebhook.attempts else {
            return try await giveUp(id, of: due, because: "interrupted", in: context)
        }
        guard let request = signed(due, id, at: clock.now(), for: tenant) else {
            return try await giveUp(id, of: due, because: "secret-unreadable", in: context)
        }
        let attempt: DeliveryAttempt
        do {
            let answer = try await courier.answer(to: request)
            attempt = DeliveryAttempt(
                at: clock.now(), answered: answer.status, answer.body, retryAfter: answer["retry-after"])
        } catch let fault as OutgoingFault {
            guard fault.kind != .busy else { return .later(.seconds(1), because: "the courier is busy") }
            attempt = DeliveryAttempt(at: clock.now(), fault.kind)
        }
        let verdict = DeliveryVerdict.judge(
            attempt, isLast: context.failedTries + 1 >= DeliverWebhook.attempts,
            failingSince: due.failingSince)
        return try await settle(verdict, attempt, id, to: due.webhook, in: context)
    }

    /// Ends a delivery that cannot be tried: its last attempt was cut off with its worker, or its secret was
    /// sealed under another key.
    private func giveUp(
        _ id: ID<WebhookDelivery>, of due: DueDelivery, because reason: String, in context: JobContext
    ) async throws -> JobOutcome {
        let attempt = DeliveryAttempt(at: clock.now(), because: reason)
        return try await settle(.failed, attempt, id, to: due.webhook, in: context)
    }

    /// The request with its three headers; while a secret is being replaced both sign. Nil when a secret
    /// cannot be read.
    private func signed(
        _ due: DueDelivery, _ id: ID<WebhookDelivery>, at now: Instant, for tenant: TenantID
    ) -> OutgoingRequest? {
        let isBothSigning = due.beforeUntil.map { now < $0 } ?? false
        let boxes = [due.secret] + (isBothSigning ? [due.secretBefore].compactMap(\.self) : [])
        let secrets = boxes.compactMap { parts.seal.open($0, of: due.webhook, for: tenant) }
        guard secrets.count == boxes.count else { return nil }
        let body = due.body.bytes(parts.names)
        var request = OutgoingRequest(.post, due.url, body: body)
        request.limits.total = .seconds(15)
        request.limits.answerBytes = 256 << 10
        request.fields.add("Content-Type", "application/json")
        request.fields.add("User-Agent", "nadi-webhooks")
        request.fields.add("webhook-id", id.text)
        request.fields.add("webhook-timestamp", "\(now.seconds)")
        request.fields.add(
            "webhook-signature",
            secrets.map { $0.signature(of: body, id: id.text, at: now) }.joined(separator: " "))
        return request
    }

    /// Writes down how a try went, and what follows; what is final, with the end of the job.
    private func settle(
        _ verdict: DeliveryVerdict, _ attempt: DeliveryAttempt, _ id: ID<WebhookDelivery>,
        to webhook: ID<Webhook>, in context: JobContext
    ) async throws -> JobOutcome {
        let tenant = context.clinic.tenant, now = attempt.at
        switch verdict {
        case .delivered:
            return try await context.finish { transaction in
                transaction.queue(WebhookDelivery.note(attempt, of: id, as: .delivered, in: tenant))
                transaction.queue(Webhook.arrived(webhook, in: tenant))
            }
        case .again:
            try await context.clinic.once(
                WebhookDelivery.note(attempt, of: id, as: .waiting, in: tenant),
                with: [Webhook.failed(webhook, at: now, in: tenant)])
            throw UndeliveredWebhook(attempt)
        case .failed:
            return try await context.finish { transaction in
                transaction.queue(WebhookDelivery.note(attempt, of: id, as: .failed, in: tenant))
                transaction.queue(Webhook.failed(webhook, at: now, in: tenant))
            }
        case .disabled(let reason):
            return try await context.finish { transaction in
                transaction.queue(WebhookDelivery.note(attempt, of: id, as: .failed, in: tenant))
                try await disable(webhook, because: reason, at: now, in: transaction)
            }
        }
    }

    /// Once, with its event and a line in the audit trail.
    private func disable(
        _ webhook: ID<Webhook>, because reason: DisabledReason, at now: Instant,
        in transaction: borrowing Transaction
    ) async throws {
        let disabled: Webhook? = try await transaction.row(
            Webhook.disable(webhook, because: reason, at: now, in: transaction.tenant))
        guard let disabled else { return }
        Outbox.record(WebhookDisabled(webhook: disabled, reason: reason), in: transaction)
        let event = AuditEvent(
            ChangeWebhooks.permission, of: "webhook", webhook.unique,
            detail: ["disabled": .string(reason.rawValue)])
        AuditTrail.record(event, bySystemAt: now, in: transaction)
    }

    /// A page for each job, and what is left by another one: the place moves with what was put back, so that
    /// no try begins again where an earlier one has been.
    private func replay(_ job: ReplayEvents, in context: JobContext) async throws -> JobOutcome {
        let clinic = context.clinic, askedAt = job.askedAt ?? context.enqueuedAt
        let found: Webhook? = try await clinic.row(Webhook.withID(job.webhook, in: clinic.tenant))
        guard let webhook = found else { return .drop(because: "the webhook was removed") }
        let events = try await Outbox.after(job.before, in: clinic, limit: Self.page)
        guard let last = events.last else { return .done }
        return try await context.finish { transaction in
            for event in events where webhook.wants(event) {
                WebhookFanOut.leave(event, for: webhook, againBefore: askedAt, in: transaction)
            }
            JobQueue.enqueue(job.next(after: last.position, askedAt: askedAt), in: transaction)
        }
    }
}

/// A try that failed and is not the last: the job's reason, without anybody's words.
struct UndeliveredWebhook: PatientFault, CustomStringConvertible {
    let description: String
    let restMin: Duration

    init(_ attempt: DeliveryAttempt) {
        restMin = attempt.restMin
        description = attempt.answerCode.map { "answered \($0)" } ?? attempt.reason ?? "not answered"
    }
}
