import Access
import Database
public import EndpointKit
import HTTP
import JSON
import Messaging
public import Reception
import Shapes
public import Tenancy

/// Ends mails of a kind with one click (RFC 8058), for whoever holds the link.
public struct Unsubscribe: Endpoint {
    /// `POST /v1/unsubscribe/{token}`
    public static let route = Route.post("/v1/unsubscribe/{token}")
    /// What it does.
    public static let summary = "End mails of a kind, as `List-Unsubscribe-Post` of RFC 8058 has it."
    /// What a caller must know.
    public static let details = "The body is `List-Unsubscribe=One-Click`. Twice is the same as once."
    /// Open: the link itself is the proof.
    public static let access = Access<Equipped<TenantRequest, CorrespondenceParts>>(.anyone)
    /// A mailbox's click and a person's.
    public static let limit = Limit.perAddress(60, per: .seconds(60))
    /// That it was said, for whom, is kept.
    public static let audit = Audit.writes("message_consent")
    /// One field of a form.
    public static let bodyLimit = 1024
    /// What is sent is a form.
    public static let rawBody: RawBody? = RawBody(
        ["application/x-www-form-urlencoded"], "`List-Unsubscribe=One-Click`.")
    /// Once is enough.
    public static let idempotency = Idempotency.none

    /// The one field, as mailboxes send it.
    static let field = (name: "List-Unsubscribe", value: "One-Click")

    @In(.path, "What stands in the link.", .length(1...200)) var token: String

    /// Inputs still empty.
    public init() {}

    /// Writes the word and its line in the trail together.
    public func respond(to request: Equipped<TenantRequest, CorrespondenceParts>) async throws -> ShortPage {
        let (asked, tenant) = (request.request, request.request.tenant)
        guard let wish = request.tool.links.unsubscribe.open(token, of: tenant.id, at: asked.now) else {
            throw Problem.notFound
        }
        let fields = (try? FormField.parse(asked.http.body)) ?? []
        guard fields == [FormField(name: Self.field.name, value: Self.field.value)] else {
            throw Problem.invalidInput([
                Complaint(pointer: "", code: "wrong_form", detail: "must be List-Unsubscribe=One-Click")
            ])
        }
        try await asked.clinic.write { clinic in
            clinic.queue(
                MessageConsent.say(
                    wish.choice, false, of: wish.recipient, by: .link, nil, at: asked.now, in: clinic.tenant))
            let event = AuditEvent(
                SetConsent.permission, of: "message_consent", wish.recipient,
                detail: ["unsubscribed": .string(ConsentChoice.name(wish.choice))])
            // Whoever holds the mail has clicked: nobody in particular, from some address.
            clinic.queue(AuditTrail.statement(event, in: asked, by: nil))
        }
        return UnsubscribeWords.done(of: tenant)
    }
}
