import Crypto
import HTTP
import JSON
import Outgoing
import Vocabulary

/// Any gateway that takes a signed JSON: `gateway://:SECRET@sms.example/send?from=MITRA`.
///
/// `POST` of `{id, to, from, text, template, values, expires_at}`, and `dlt` where India's registry knows the
/// text, with `Idempotency-Key`, `X-Timestamp` and
/// `X-Signature: sha256=` and the HMAC of `timestamp.body` in hexadecimal. It answers 2xx with `{id}`.
struct SignedGatewayDriver: HTTPMessageDriver {
    static let name = "gateway"
    /// It promises to know the key again.
    static let doubt = Doubt.askAgain

    private let url: String
    private let secret: [UInt8]
    private let from: String

    init?(_ gateway: GatewayURL) {
        guard let secret = gateway.url.password, !gateway.url.host.isEmpty else { return nil }
        url = gateway.base(for: gateway.url.host) + (gateway.url.path.isEmpty ? "/" : gateway.url.path)
        (self.secret, from) = (Array(secret.utf8), gateway.url.query["from"] ?? "")
    }

    func request(for message: OutgoingMessage) -> OutgoingRequest {
        var members: JSONObject = [
            "id": .string(message.id.text), "to": .string(message.address), "from": .string(from),
            "text": .string(message.words.short), "template": .string(message.words.template),
            "values": .array(message.values.map { .string($0) }),
            "expires_at": .string(message.expiresAt.text),
        ]
        if let dlt = message.words.registration {
            members["dlt"] = [
                "entity_id": .string(dlt.entityID), "header": .string(dlt.header),
                "template_id": .string(dlt.templateID),
            ]
        }
        let body = JSON.object(members)
        let time = "\(message.now.seconds)"
        let signature = HMAC.sha256(of: Array("\(time).".utf8) + body.bytes, key: secret)
        var request = OutgoingRequest(.post, url, body: body.bytes)
        request.fields.add("Content-Type", "application/json")
        request.fields.add("Idempotency-Key", message.id.text)
        request.fields.add("X-Timestamp", time)
        request.fields.add("X-Signature", "sha256=\(Hex.encode(signature))")
        return request
    }

    func taken(_ answer: OutgoingAnswer) -> DriverAnswer {
        (try? JSON(parsing: answer.body))?["id"]?.stringValue.map(DriverAnswer.sent) ?? .uncertain
    }
}
