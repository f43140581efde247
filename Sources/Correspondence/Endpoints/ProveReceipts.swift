public import EndpointKit
public import HTTP
public import JSON
import Messaging
public import Reception
public import Shapes
public import Tenancy

/// Answers a gateway that asks whether its receipts are wanted here.
public struct ProveReceipts: Endpoint {
    /// `GET /v1/message-receipts/{gateway}`
    public static let route = Route.get("/v1/message-receipts/{gateway}")
    /// What it does.
    public static let summary = "Answer WhatsApp's question whether receipts are wanted here."
    /// What a caller must know.
    public static let details = "Whoever knows the gateway's `verify_token` is told their own challenge."
    /// Open: the word is the proof.
    public static let access = Access<Equipped<TenantRequest, CorrespondenceParts>>(.anyone)
    /// Asked once, when the gateway is set up.
    public static let limit = Limit.perAddress(30, per: .seconds(60))
    /// It shows nothing.
    public static let audit = Audit.silent
    /// Whoever does not know the word.
    public static let problems: [ProblemCode] = [.notAllowed]

    @In(.path, "Which kind of gateway.") var gateway: ReceiptGateway
    @In(.query, "Always `subscribe`.", .length(1...20)) var `hub.mode`: String
    @In(.query, "The word that we share.", .length(1...200)) var `hub.verify_token`: String
    @In(.query, "What is to be repeated.", .length(1...200)) var `hub.challenge`: String

    /// Inputs still empty.
    public init() {}

    /// The challenge, and nothing else.
    public func respond(to request: Equipped<TenantRequest, CorrespondenceParts>) async throws
        -> ChallengeAnswer
    {
        let reader = try await request.tool.gateways.receiptReader(
            of: gateway.rawValue, for: request.request.clinic)
        guard `hub.mode` == "subscribe",
            let answer = reader?.challenge(`hub.verify_token`, `hub.challenge`)
        else { throw Problem.notAllowed }
        return ChallengeAnswer(text: answer)
    }
}

/// A challenge, repeated.
public struct ChallengeAnswer: Answerable {
    let text: String

    /// Text.
    public static var mediaType: StaticString { "text/plain" }
    /// Text.
    public static var schema: Schema { .string() }
    /// Nothing: it is no JSON. `response` is what leaves.
    public func write(to writer: inout JSONWriter) { writer.string(text) }

    /// The answer.
    public var response: HTTPResponse {
        HTTPResponse(type: "text/plain; charset=utf-8", body: Array(text.utf8))
    }
}
