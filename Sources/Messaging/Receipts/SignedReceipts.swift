import Crypto
import JSON
import Outgoing
import Vocabulary

/// Receipts of any gateway that signs as Standard Webhooks has it: `{"id": …, "state": …, "reason": …}` with
/// `webhook-id`, `webhook-timestamp` and `webhook-signature`. The secret is the gateway's own, or
/// `receipt_secret=whsec_…`.
struct SignedReceipts: ReceiptReader {
    static let name = SignedGatewayDriver.name
    /// A call that is older, or comes from the future, is somebody's repetition.
    private static let secondsMax: Int64 = 300
    private static let prefix = "whsec_"

    private let secret: [UInt8]

    init?(_ gateway: GatewayURL) {
        guard let named = gateway.url.query["receipt_secret"] else {
            guard let password = gateway.url.password, !password.isEmpty else { return nil }
            secret = Array(password.utf8)
            return
        }
        guard named.hasPrefix(Self.prefix),
            let bytes = Base64.decode(Array(named.utf8.dropFirst(Self.prefix.utf8.count))), bytes.count >= 16
        else { return nil }
        secret = bytes
    }

    func read(_ call: ReceiptCall) -> GatewayReport? {
        guard let id = call["webhook-id"], let time = call["webhook-timestamp"], let seconds = Int64(time),
            (call.now.seconds - Self.secondsMax...call.now.seconds + Self.secondsMax).contains(seconds),
            let field = call["webhook-signature"]
        else { return nil }
        let expected = HMAC.sha256(of: Array("\(id).\(time).".utf8) + call.body, key: secret)
        // While a secret is being replaced there are several.
        let given = field.split(separator: " ").prefix(8).filter { $0.hasPrefix("v1,") }
            .compactMap { Base64.decode(Array($0.utf8.dropFirst(3))) }
        guard given.contains(where: { equalInConstantTime(expected, $0) }) else { return nil }
        var report = GatewayReport()
        let json = (try? JSON(parsing: call.body)) ?? .null
        report.receipts = (json.arrayValue ?? [json]).compactMap(Self.receipt)
        return report
    }

    private static func receipt(_ json: JSON) -> Receipt? {
        guard let id = json["id"]?.stringValue,
            let state = json["state"]?.stringValue.flatMap(Receipt.State.init(rawValue:))
        else { return nil }
        return Receipt(of: id, state, because: state == .failed ? json["reason"]?.stringValue : nil)
    }
}
