import HTTP
import JSON
import Outgoing
import Vocabulary

/// MSG91's Flow, where India's DLT rules put the sentence into the gateway: only its values are sent.
/// `msg91://:AUTHKEY@control.msg91.com?appointment.booked=TEMPLATE&…`, a template for each kind of message.
struct MSG91Driver: HTTPMessageDriver {
    static let name = "msg91"
    static let doubt = Doubt.leave

    private let base: String
    private let key: String
    private let templates: [String: String]

    init?(_ gateway: GatewayURL) {
        guard let key = gateway.url.password else { return nil }
        base = gateway.base(for: "control.msg91.com")
        (self.key, templates) = (key, gateway.url.query)
    }

    func request(for message: OutgoingMessage) -> OutgoingRequest {
        var recipient: JSONObject = ["mobiles": .string(String(message.address.dropFirst()))]
        for (place, value) in message.values.enumerated() { recipient["var\(place + 1)"] = .string(value) }
        let body: JSON = [
            "template_id": .string(templates[message.words.template] ?? ""),
            "short_url": "0", "recipients": [.object(recipient)],
        ]
        var request = OutgoingRequest(.post, "\(base)/api/v5/flow/", body: body.bytes)
        request.fields.add("Content-Type", "application/json")
        request.fields.add("authkey", key)
        return request
    }

    /// A no comes with 200 as well.
    func taken(_ answer: OutgoingAnswer) -> DriverAnswer {
        guard let json = try? JSON(parsing: answer.body), let kind = json["type"]?.stringValue else {
            return .uncertain
        }
        guard kind == "success" else { return .refused("msg91-error") }
        return json["message"]?.stringValue.map(DriverAnswer.sent) ?? .uncertain
    }
}
