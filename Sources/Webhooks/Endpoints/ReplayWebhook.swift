public import Access
import Database
public import EndpointKit
import Identity
import JSON
import JobQueue
import Outbox
import Reception
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
        Either every event `from` one on, which is kept for a week, or a single `delivery`, which is kept for a month. Both \
        bear the `webhook-id` that they had.
        """
    /// Whoever runs the clinic.
    public static let access = Access<Permit<ChangeWebhooks>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.writes("webhook")
    /// It may be gone, or be told nothing.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "The webhook.") var webhook: ID<Webhook>
    @In(
        .body, "The first event, by its place: `7431-1029`; `0-0` for all.", .length(3...39),
        .check("wrong_form", "be the place of an event") { OutboxPosition(text: $0) != nil })
    var from: String?
    @In(.body, "One delivery alone.") var delivery: ID<WebhookDelivery>?

    /// Inputs still empty.
    public init() {}

    /// One delivery waits again at once; many are found by a job.
    public func respond(to permit: Permit<ChangeWebhooks>) async throws -> Accepted<Webhook> {
        guard (from == nil) != (delivery == nil) else {
            throw Problem.invalidInput([
                Complaint(pointer: "/from", code: "one_of", detail: "either this or `delivery` must be sent")
            ])
        }
        return try await permit.write { clinic in
            let found = try await Webhook.enabled(webhook, in: clinic)
            if let delivery { try await putBack(delivery, in: clinic) }
            if let first = from.flatMap({ OutboxPosition(text: $0) }) {
                JobQueue.enqueue(
                    ReplayEvents(to: webhook, from: first), key: webhook.text, in: clinic)
            }
            AuditTrail.record(
                AuditEvent(
                    ChangeWebhooks.permission, of: "webhook", webhook.unique, detail: ["replayed": true]),
                by: permit, in: clinic)
            return Accepted(found)
        }
    }

    /// One that still waits goes on as it is.
    private func putBack(_ id: ID<WebhookDelivery>, in clinic: borrowing Transaction) async throws {
        let known: WebhookDelivery? = try await clinic.row(
            WebhookDelivery.withID(id, of: webhook, in: clinic.tenant))
        guard known != nil else { throw Problem.notFound }
        let subject: UniqueID? = try await clinic.row(
            WebhookDelivery.putBack(id, of: webhook, in: clinic.tenant))
        guard let subject else { return }
        WebhookFanOut.enqueue(id, to: webhook, about: subject, in: clinic)
    }
}
