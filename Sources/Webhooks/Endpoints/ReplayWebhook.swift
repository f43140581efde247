public import Access
import Database
public import EndpointKit
import Identity
import JSON
import JobQueue
import Outbox
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Tells a webhook again what happened.
public struct ReplayWebhook: Endpoint {
    /// `POST /v1/webhooks/{webhook}/replay`
    public static let route = Route.post("/v1/webhooks/{webhook}/replay")
    /// What it does.
    public static let summary = "Tell a webhook again what happened."
    /// What a caller must know.
    public static let details = """
        A single `delivery`, which is kept for a month, or every event `from` one on, which is kept for a week; with neither, \
        every event that is kept. All bear the `webhook-id` that they had. What was told since you asked is not told again, and \
        while the same wish still waits it is a conflict.
        """
    /// Whoever runs the clinic.
    public static let access = Access<Equipped<Permit<ChangeWebhooks>, WebhookParts>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.writes("webhook")
    /// It may be gone, or be told nothing.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "The webhook.") var webhook: ID<Webhook>
    @In(.body, "The first event, by its name.") var from: EventName?
    @In(.body, "One delivery alone.") var delivery: ID<WebhookDelivery>?

    /// Inputs still empty.
    public init() {}

    /// One delivery waits again at once; many are found by a job.
    public func respond(to request: Equipped<Permit<ChangeWebhooks>, WebhookParts>) async throws
        -> Accepted<Webhook>
    {
        let permit = request.request, first = try first(request.tool.names, in: permit.tenant.id)
        return try await permit.write { clinic in
            let found = try await Webhook.enabled(webhook, in: clinic)
            if let delivery {
                try await putBack(delivery, in: clinic)
            } else {
                try await replay(ReplayEvents(to: webhook, from: first, askedAt: permit.now), in: clinic)
            }
            AuditTrail.record(
                AuditEvent(
                    ChangeWebhooks.permission, of: "webhook", webhook.unique, detail: ["replayed": true]),
                by: permit, in: clinic)
            return Accepted(found)
        }
    }

    private func replay(_ job: ReplayEvents, in clinic: borrowing Transaction) async throws {
        guard try await JobQueue.enqueueUnlessThere(job, key: job.key, in: clinic) else {
            throw Problem.conflict(
                "The same replay waits already, or was given up and waits for whoever runs this server.")
        }
    }

    /// Where telling begins again.
    private func first(_ names: EventNames, in tenant: TenantID) throws -> OutboxPosition {
        guard let from else { return .beginning }
        guard delivery == nil, let place = names.position(named: from, in: tenant) else {
            let (code, detail) =
                delivery == nil
                ? ("wrong_form", "must be an event of this clinic") : ("one_of", "or `delivery`")
            throw Problem.invalidInput([Complaint(pointer: "/from", code: code, detail: detail)])
        }
        return place
    }

    /// One that still waits goes on as it is.
    private func putBack(_ id: ID<WebhookDelivery>, in clinic: borrowing Transaction) async throws {
        let _: WebhookDelivery = try await clinic.found(
            WebhookDelivery.withID(id, of: webhook, in: clinic.tenant))
        let subject: UniqueID? = try await clinic.row(
            WebhookDelivery.putBack(id, of: webhook, in: clinic.tenant))
        guard let subject else { return }
        WebhookFanOut.enqueue(id, to: webhook, about: subject, in: clinic)
    }
}
