import HTTP
import JSON
import Outgoing
import Vocabulary

/// Meta's WhatsApp Cloud API: `whatsapp://PHONE_NUMBER_ID:TOKEN@graph.facebook.com?version=v19.0`.
///
/// We begin most conversations, so a message is a template that Meta has approved: the one that the clinic
/// names, or one named like ours with `_` for `.`. Words of the clinic's own are sent only within a day of
/// the patient's; whether it is that is decided before this.
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
        var body: JSONObject = [
            "messaging_product": "whatsapp", "recipient_type": "individual",
            "to": .string(String(message.address.dropFirst())),
            "biz_opaque_callback_data": .string(message.id.text),
        ]
        if let approved = message.words.approved {
            (body["type"], body["template"]) = ("template", template(approved, message.values))
        } else {
            (body["type"], body["text"]) = ("text", ["body": .string(message.words.short)])
        }
        var request = OutgoingRequest(.post, url, body: JSON.object(body).bytes)
        request.fields.add("Content-Type", "application/json")
        request.fields.add("Authorization", "Bearer \(token)")
        return request
    }

    private func template(_ approved: ApprovedTemplate, _ values: [String]) -> JSON {
        let parameters = values.map { value -> JSON in ["type": "text", "text": .string(value)] }
        return [
            "name": .string(approved.name), "language": ["code": .string(approved.language)],
            "components": [["type": "body", "parameters": .array(parameters)]],
        ]
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
