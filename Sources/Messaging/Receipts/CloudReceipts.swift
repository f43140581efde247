import Crypto
import JSON
import Outgoing
import Vocabulary

/// Meta's WhatsApp webhooks, signed with the app's secret over the very bytes:
/// `whatsapp://NUMBER:TOKEN@graph.facebook.com?app_secret=…&verify_token=…`.
///
/// One subscription serves every number of the app, so what is about another number than ours is passed over.
struct CloudReceipts: ReceiptReader {
    static let name = CloudDriver.name
    private static let scheme = "sha256="

    private let number: String
    private let secret: [UInt8]
    private let word: [UInt8]?

    init?(_ gateway: GatewayURL) {
        guard let number = gateway.url.name, let secret = gateway.url.query["app_secret"], !secret.isEmpty
        else {
            return nil
        }
        (self.number, self.secret) = (number, Array(secret.utf8))
        word = gateway.url.query["verify_token"].map { Array($0.utf8) }
    }

    func challenge(_ word: String, _ challenge: String) -> String? {
        guard let known = self.word, !known.isEmpty, equalInConstantTime(known, Array(word.utf8)) else {
            return nil
        }
        return challenge
    }

    func read(_ call: ReceiptCall) -> GatewayReport? {
        guard let field = call["x-hub-signature-256"], field.hasPrefix(Self.scheme),
            let signature = Hex.decode(String(field.dropFirst(Self.scheme.count)))
        else { return nil }
        let expected = HMAC.sha256(of: call.body, key: secret)
        guard equalInConstantTime(expected, signature) else { return nil }
        var report = GatewayReport()
        for value in values(in: (try? JSON(parsing: call.body)) ?? .null) {
            report.receipts += (value["statuses"]?.arrayValue ?? []).compactMap(Self.receipt)
            report.inbound += (value["messages"]?.arrayValue ?? []).compactMap(Self.inbound)
        }
        report.inbound = Array(report.inbound.prefix(GatewayReport.most))
        return report
    }

    private func values(in body: JSON) -> [JSON] {
        let entries = body["entry"]?.arrayValue ?? []
        let changes = entries.flatMap { $0["changes"]?.arrayValue ?? [] }
        return changes.compactMap { $0["value"] }.filter {
            $0["metadata"]?["phone_number_id"]?.stringValue == number
        }
    }

    private static func receipt(_ json: JSON) -> Receipt? {
        guard let id = json["id"]?.stringValue else { return nil }
        switch json["status"]?.stringValue {
        case "sent": return Receipt(of: id, .sent)
        case "delivered", "read": return Receipt(of: id, .delivered)
        case "failed":
            let code = json["errors"]?.arrayValue?.first?["code"]?.integerValue
            return Receipt(of: id, .failed, because: code.map { "whatsapp-\($0)" })
        default: return nil
        }
    }

    private static func inbound(_ json: JSON) -> GatewayReport.Inbound? {
        guard let digits = json["from"]?.stringValue, (7...15).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let seconds = json["timestamp"]?.stringValue.flatMap({ Int64($0) }), seconds > 0,
            seconds < 1 << 40
        else { return nil }
        return GatewayReport.Inbound(address: "+\(digits)", at: Instant(seconds: seconds))
    }
}
