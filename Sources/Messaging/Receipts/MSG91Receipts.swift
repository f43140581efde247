import Crypto
import HTTP
import JSON
import Outgoing

/// MSG91's delivery reports. It signs nothing; its panel adds a header of ours to each call, in which it
/// repeats a word that only it and we know: `msg91://:AUTHKEY@control.msg91.com?receipt_token=…`, sent as
/// `X-Receipt-Token`.
///
/// Its second version is a form whose `data` is a list as JSON text, the later ones are a JSON object.
struct MSG91Receipts: ReceiptReader {
    static let name = MSG91Driver.name

    private let token: [UInt8]

    init?(_ gateway: GatewayURL) {
        guard let token = gateway.url.query["receipt_token"], token.utf8.count >= 16 else { return nil }
        self.token = Array(token.utf8)
    }

    func read(_ call: ReceiptCall) -> GatewayReport? {
        guard let given = call["x-receipt-token"], equalInConstantTime(token, Array(given.utf8)) else {
            return nil
        }
        var report = GatewayReport()
        report.receipts = Self.reports(in: call.body).compactMap(Self.receipt)
        return report
    }

    private static func reports(in body: [UInt8]) -> [(id: String?, report: JSON)] {
        if let json = try? JSON(parsing: body) {
            return (json.arrayValue ?? [json]).map { ($0["requestId"]?.stringValue, $0) }
        }
        let data = (try? FormField.parse(body))?.first { $0.name == "data" }?.value
        let requests = data.flatMap { try? JSON(parsing: Array($0.utf8)) }?.arrayValue ?? []
        return requests.flatMap { request in
            (request["report"]?.arrayValue ?? []).map { (request["requestId"]?.stringValue, $0) }
        }
    }

    /// 1 is delivered; 2, 9, 16, 17 and 25 are kinds of failure. The newest form says it in words.
    private static func receipt(_ id: String?, _ report: JSON) -> Receipt? {
        guard let id else { return nil }
        let status = report["status"].flatMap { $0.stringValue ?? $0.integerValue.map { "\($0)" } } ?? ""
        switch status.lowercased() {
        case "1", "delivered": return Receipt(of: id, .delivered)
        case "2", "9", "16", "17", "25": return Receipt(of: id, .failed, because: "msg91-\(status)")
        case "failed", "rejected", "blocked", "ndnc":
            return Receipt(of: id, .failed, because: "msg91-\(status.lowercased())")
        case "sent", "submitted": return Receipt(of: id, .sent)
        default: return nil
        }
    }
}
