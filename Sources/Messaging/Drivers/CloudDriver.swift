import HTTP
import JSON
import Outgoing
import Vocabulary

/// Meta's WhatsApp Cloud API: `whatsapp://PHONE_NUMBER_ID:TOKEN@graph.facebook.com?version=v19.0`.
///
/// We begin every conversation, so every message is a template that Meta has approved, named like ours with
/// `_` for `.`; free text is only allowed within a day of the patient's own words, and none is sent here.
struct CloudDriver: HTTPMessageDriver {
    static let name = "whatsapp"
    static let doubt = Doubt.leave

    private let url: String
    private let token: String

    init?(_ gateway: GatewayURL) {
        guard let number = gateway.url.name, let token = gateway.url.password else { return nil }
        let version = gateway.url.query["version"] ?? "v19.0"
        url = "\(gateway.base(for: "graph.facebook.com"))/\(version)/\(number)/messages"
        self.token = token
    }

    func request(for message: OutgoingMessage) -> OutgoingRequest {
        let values = message.values.map { value -> JSON in ["type": "text", "text": .string(value)] }
        let name = message.words.template.replacing(".", with: "_").replacing("-", with: "_")
        let body: JSON = [
            "messaging_product": "whatsapp", "recipient_type": "individual",
            "to": .string(String(message.address.dropFirst())), "type": "template",
            "biz_opaque_callback_data": .string(message.id.text),
            "template": [
                "name": .string(name),
                "language": ["code": .string(message.words.language.tag.replacing("-", with: "_"))],
                "components": [["type": "body", "parameters": .array(values)]],
            ],
        ]
        var request = OutgoingRequest(.post, url, body: body.bytes)
        request.fields.add("Content-Type", "application/json")
        request.fields.add("Authorization", "Bearer \(token)")
        return request
    }

    func taken(_ answer: OutgoingAnswer) -> DriverAnswer {
        let first = (try? JSON(parsing: answer.body))?["messages"]?.arrayValue?.first
        return first?["id"]?.stringValue.map(DriverAnswer.sent) ?? .uncertain
    }

    func refusal(_ answer: OutgoingAnswer) -> String {
        let code = (try? JSON(parsing: answer.body))?["error"]?["code"]?.integerValue
        return code.map { "whatsapp-\($0)" } ?? "http-\(answer.status)"
    }
}
