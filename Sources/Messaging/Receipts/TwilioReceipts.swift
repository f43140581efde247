import Crypto
import HTTP
import Outgoing

/// Twilio's status callbacks: a form, signed with the password over the address that was called and the
/// form's fields in the order of their names.
struct TwilioReceipts: ReceiptReader {
    static let name = TwilioDriver.name

    private let token: [UInt8]
    private let callback: String?

    init?(_ gateway: GatewayURL) {
        guard let token = gateway.url.password else { return nil }
        (self.token, callback) = (Array(token.utf8), gateway.url.query["callback"])
    }

    func read(_ call: ReceiptCall) -> GatewayReport? {
        guard let fields = try? FormField.parse(call.body), let given = call["x-twilio-signature"],
            let signature = Base64.decode(Array(given.utf8))
        else { return nil }
        let address = callback ?? "\(call.clinicAddress)/v1/message-receipts/\(Self.name)"
        let sorted = fields.sorted { ($0.name, $0.value) < ($1.name, $1.value) }
        let signed = sorted.reduce(into: address) { $0 += $1.name + $1.value }
        let expected = HMAC.sha1(of: Array(signed.utf8), key: token)
        guard equalInConstantTime(expected, signature) else { return nil }
        var report = GatewayReport()
        report.receipts = [Self.receipt(fields)].compactMap(\.self)
        return report
    }

    private static func receipt(_ fields: [FormField]) -> Receipt? {
        let values = Dictionary(fields.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        guard let id = values["MessageSid"] ?? values["SmsSid"] else { return nil }
        switch values["MessageStatus"] ?? values["SmsStatus"] {
        case "sent": return Receipt(of: id, .sent)
        case "delivered", "read": return Receipt(of: id, .delivered)
        case "undelivered", "failed":
            return Receipt(of: id, .failed, because: values["ErrorCode"].map { "twilio-\($0)" })
        default: return nil
        }
    }
}
