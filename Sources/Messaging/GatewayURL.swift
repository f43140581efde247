import Crypto
import Outgoing

/// A gateway as an operator, or a clinic, writes it down: the scheme names the shape, name and password sign
/// in, and the query says the rest. `+http` behind the scheme goes without TLS, for a gateway on this
/// machine.
public struct GatewayURL: Sendable {
    let url: ServerURL
    let isPlain: Bool

    /// Nil when it cannot be read.
    public init?(_ text: String) {
        guard let url = ServerURL(text) else { return nil }
        self.url = url
        isPlain = url.scheme.hasSuffix("+http")
    }

    /// The shape.
    var kind: String { isPlain ? String(url.scheme.dropLast(5)) : url.scheme }

    /// The server, as connections to it are counted.
    var server: String { "\(url.scheme)://\(url.host):\(url.port ?? 0)" }

    /// How many messages a clinic may send in a day by it.
    var messagesPerDay: Int { url.query["per_day"].flatMap { Int($0) } ?? 2000 }

    /// Where to ask; `usual` is the vendor's own host.
    func base(for usual: String) -> String {
        let host = url.host.isEmpty ? usual : url.host
        let bracketed = host.contains(":") ? "[\(host)]" : host
        return (isPlain ? "http://" : "https://") + bracketed + (url.port.map { ":\($0)" } ?? "")
    }

    func basic(_ name: String, _ password: String) -> String {
        "Basic " + Base64.text(of: Array("\(name):\(password)".utf8))
    }

    /// Every shape, by the channel it serves.
    private static let shapes: [MessageChannel: [String: @Sendable (GatewayURL) -> (any MessageDriver)?]] = [
        .sms: [
            "twilio": { TwilioDriver($0) }, "msg91": { MSG91Driver($0) },
            "gateway": { SignedGatewayDriver($0) },
        ],
        .whatsApp: ["whatsapp": { CloudDriver($0) }],
        .email: ["smtp": { MailDriver($0) }, "smtps": { MailDriver($0) }],
    ]

    /// What speaks to this gateway; nil when the shape is not one of the channel's, or something is missing.
    public func driver(for channel: MessageChannel) -> (any MessageDriver)? {
        Self.shapes[channel]?[kind]?(self)
    }

    /// Who reads the receipts of a kind of gateway, and by which channel it sends.
    private static let readers: [String: (MessageChannel, @Sendable (GatewayURL) -> (any ReceiptReader)?)] = [
        TwilioReceipts.name: (.sms, { TwilioReceipts($0) }),
        MSG91Receipts.name: (.sms, { MSG91Receipts($0) }),
        SignedReceipts.name: (.sms, { SignedReceipts($0) }),
        CloudReceipts.name: (.whatsApp, { CloudReceipts($0) }),
    ]

    /// What proves the receipts of this gateway; nil where no secret is shared with it.
    var receiptReader: (any ReceiptReader)? { Self.readers[kind]?.1(self) }

    /// By which channel a kind of gateway sends.
    static func channel(of kind: String) -> MessageChannel? { readers[kind]?.0 }

    /// The schemes that a channel understands.
    public static func schemes(of channel: MessageChannel) -> [String] {
        (shapes[channel] ?? [:]).keys.sorted()
    }
}
