import Database
public import EndpointKit
import HTTP
import Messaging
public import Reception
public import Shapes
public import Tenancy

/// Takes what a gateway says became of messages.
public struct TakeReceipts: Endpoint {
    /// `POST /v1/message-receipts/{gateway}`
    public static let route = Route.post("/v1/message-receipts/{gateway}")
    /// What it does.
    public static let summary = "Take a gateway's delivery receipts."
    /// What a caller must know.
    public static let details = """
        Each gateway proves itself as it does everywhere: Twilio by `X-Twilio-Signature`, WhatsApp by `X-Hub-Signature-256`, \
        MSG91 by the shared word in `X-Receipt-Token`, any other by the three fields of Standard Webhooks over \
        `{"id", "state", "reason"}`, `state` being `sent`, `delivered` or `failed`. Receipts may come twice and in any order. \
        Which messages there are cannot be learned here.
        """
    /// Open: the signature is the proof.
    public static let access = Access<Equipped<TenantRequest, CorrespondenceParts>>(.anyone)
    /// A gateway that reports a morning's reminders.
    public static let limit = Limit.perAddress(6000, per: .seconds(60))
    /// No person's data is shown or changed.
    public static let audit = Audit.silent
    /// Meta gathers what happened.
    public static let bodyLimit = 256 << 10
    /// The gateways' own forms.
    public static let rawBody: RawBody? = RawBody(
        ["application/json", "application/x-www-form-urlencoded"], "The gateway's report, as it was signed.")
    /// What was said before changes nothing.
    public static let idempotency = Idempotency.none
    /// Whoever proves nothing, and whoever reports to a clinic without such a gateway.
    public static let problems: [ProblemCode] = [.notAllowed]

    @In(.path, "Which kind of gateway.") var gateway: ReceiptGateway

    /// Inputs still empty.
    public init() {}

    /// Writes it down; what follows is a job's.
    public func respond(to request: Equipped<TenantRequest, CorrespondenceParts>) async throws
        -> ReceiptsTaken
    {
        let (asked, parts) = (request.request, request.tool)
        let reader = try await parts.gateways.receiptReader(of: gateway.rawValue, for: asked.clinic)
        let call = ReceiptCall(
            to: parts.links.address(of: asked.tenant.slug), asked.http.body, at: asked.now
        ) { [http = asked.http] name in http.head[named: name] }
        guard let report = reader?.read(call) else { throw Problem.notAllowed }
        try await asked.clinic.write { clinic in
            for words in report.inbound {
                parts.gateways.window.record(
                    inboundFrom: words.address, at: min(words.at, asked.now), in: clinic)
            }
            try await ReceiptKeeper.keep(report, from: gateway.rawValue, at: asked.now, in: clinic)
            // Whoever wrote may be answered in the clinic's own words for a day; no gateway knows the future.
            for inbound in report.inbound {
                parts.gateways.window.record(
                    inboundFrom: inbound.address, at: min(inbound.at, asked.now), in: clinic)
            }
        }
        return ReceiptsTaken()
    }
}

/// The gateways that report.
enum ReceiptGateway: String, CaseIterable, WireValue {
    case twilio, whatsapp, msg91, gateway
}

/// All that a gateway is told: that it need not say it again.
public struct ReceiptsTaken: Output {
    /// The answer's members.
    public static let shape = OutputShape<ReceiptsTaken> {
        Out("taken", "Always true.", example: true) { _ in true }
    }
}
