public import Access
import Database
public import EndpointKit
import Identity
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Has events told somewhere.
public struct AddWebhook: Endpoint {
    /// `POST /v1/webhooks`
    public static let route = Route.post("/v1/webhooks")
    /// What it does.
    public static let summary = "Have the clinic's events told to an address, from now on."
    /// What a caller must know.
    public static let details = """
        Deliveries follow Standard Webhooks 1.0: verify `webhook-signature` with the secret, which is shown this once, and \
        ignore a `webhook-id` seen before. Answer 2xx within 15 seconds; anything else is tried again for a day, in order for \
        each subject, and 410 ends it. The address is HTTPS, a public host's name, port 443 or one from 1024 on; redirects \
        are not followed. Without `events` it is told every kind, `hold.placed` and `hold.released` too, and from the day on \
        those that later versions add: name what you wait for where that is too much. A clinic has at most 20 webhooks.
        """
    /// Whoever sets the clinic up.
    public static let access = Access<Fresh<Equipped<Permit<AddWebhooks>, WebhookParts>>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who did it is kept.
    public static let audit = Audit.changes("webhook")
    /// A kept answer would keep the secret.
    public static let idempotency = Idempotency.none
    /// There may be too many.
    public static let problems: [ProblemCode] = [.conflict]

    @In(.body, "Where to: `https://…`.", .length(9...2048)) var url: String
    @In(.body, "Which events; none means all, later kinds too.", .count(0...50)) var events:
        [WebhookEventKind] = []
    @In(.body, "What it is for.", .length(0...200)) var description = ""

    /// Inputs still empty.
    public init() {}

    /// Seals the secret before anything is written.
    public func respond(to fresh: Fresh<Equipped<Permit<AddWebhooks>, WebhookParts>>) async throws
        -> Created<WebhookWithSecret>
    {
        let request = fresh.request, permit = request.request
        try request.tool.check(url)
        let id = ID<Webhook>.random(at: permit.now), secret = WebhookSecret.random()
        let box = request.tool.seal.seal(secret, of: id, for: permit.tenant.id)
        return try await permit.clinic.write { clinic in
            // One after the other: each counts what the one before has added.
            clinic.lock([Webhook.addingLock(of: clinic.tenant)])
            let made: Webhook? = try await clinic.row(
                Webhook.insert(
                    id, url: url, kinds: events, description: description, secret: box, in: clinic.tenant))
            guard let made else { throw Problem.conflict("A clinic has at most \(Webhook.most) webhooks.") }
            AuditTrail.record(
                AuditEvent(AddWebhooks.permission, of: "webhook", id.unique), by: permit, in: clinic)
            return Created(WebhookWithSecret(webhook: made, secret: secret.text), at: Webhook.path(of: id))
        }
    }
}

extension WebhookParts {
    /// Complains of an address that cannot be one.
    func check(_ url: String) throws {
        guard let flaw = target.flaw(of: url) else { return }
        throw Problem.invalidInput([
            Complaint(pointer: "/url", code: "wrong_form", detail: "must \(flaw)")
        ])
    }
}
