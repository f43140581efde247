import HTTP
import Messaging
import Terminal

/// Takes settings out of the environment and remembers everything that was wrong with them.
struct EnvironmentReader {
    private let environment: [String: String]
    private var known: Set<String> = EnvironmentReader.readElsewhere
    private(set) var flaws: [String] = []

    init(_ environment: [String: String]) { self.environment = environment }

    /// What each setting must look like, for the complaint.
    private static let forms = [
        "NADI_ENV": "development or production",
        "NADI_PORT": "a number from 0 to 65535",
        "NADI_BASE_DOMAIN": "a domain in lower case, such as clinics.example",
        "NADI_DATABASE_URL": "a URL that begins with postgres://",
        "NADI_REDIS_URL": "a URL such as redis://127.0.0.1:6379/0",
        "NADI_SMS_URL": "a gateway's address: twilio://, msg91:// or gateway://, with all that it needs",
        "NADI_WHATSAPP_URL": "a gateway's address: whatsapp://NUMBER_ID:TOKEN@graph.facebook.com",
        "NADI_SMTP_URL": "a mail server's address: smtp:// or smtps://, with ?from=",
        "NADI_SENTRY_DSN": "an address such as https://KEY@sentry.example.org/42",
        "NADI_WEBHOOK_BLOCKS": "addresses or blocks, by comma, such as 127.0.0.2,10.1.0.0/16",
        "NADI_OPENID_BLOCKS": "addresses or blocks, by comma, such as 127.0.0.2,10.1.0.0/16",
        "NADI_LOG_LEVEL": Configuration.logLevels.joined(separator: ", "),
        "NADI_SECRET": "at least 32 characters",
    ]

    /// Settings of parts that read them by themselves.
    private static let readElsewhere: Set = [
        "NADI_RAZORPAY_URL", "NADI_STRIPE_URL", "NADI_OBJECT_STORE_URL", "NADI_CLAMD_URL", "NADI_SENTRY_DSN",
    ]

    mutating func text(_ name: String) -> String? {
        known.insert(name)
        guard let text = environment[name], !text.isEmpty else { return nil }
        return text
    }

    mutating func number(_ name: String, default fallback: Int, in range: ClosedRange<Int>) -> Int {
        guard let text = text(name) else { return fallback }
        if let number = Int(text), range.contains(number) { return number }
        flaws.append("\(name) must be a number from \(range.lowerBound) to \(range.upperBound).")
        return fallback
    }

    /// By what messages leave, where the operator says so.
    mutating func gateways() -> [MessageChannel: GatewayURL] {
        let names: [(MessageChannel, String)] = [
            (.sms, "NADI_SMS_URL"), (.whatsApp, "NADI_WHATSAPP_URL"), (.email, "NADI_SMTP_URL"),
        ]
        var gateways: [MessageChannel: GatewayURL] = [:]
        for (channel, name) in names {
            gateways[channel] = read(name, default: nil) { text in
                // Nothing readable, rather than a reading that is nil.
                guard let url = GatewayURL(text), url.driver(for: channel) != nil else { return .none }
                return .some(url)
            }
        }
        return gateways
    }

    /// Addresses or blocks of addresses, by comma.
    mutating func blocks(_ name: String) -> [AddressBlock] {
        read(name, default: []) { text in
            let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            let blocks = parts.compactMap { AddressBlock(String($0.trimmed)) }
            return blocks.count == parts.count ? blocks : nil
        }
    }

    mutating func read<Value>(_ name: String, default fallback: Value, _ parse: (String) -> Value?) -> Value {
        guard let text = text(name) else { return fallback }
        guard let value = parse(text) else {
            flaws.append("\(name) must be \(Self.forms[name] ?? "something else").")
            return fallback
        }
        return value
    }

    private static let secretLettersMin = 10

    /// Production has no defaults for what keeps clinics apart and tokens honest, nor takes them when they
    /// are spelt out.
    mutating func demandProduction() {
        for (name, fallback, why) in [
            ("NADI_SECRET", "", "it seals the keys that sign tokens"),
            ("NADI_BASE_DOMAIN", "localhost", "clinics answer on its subdomains"),
        ] where ["", fallback].contains(environment[name] ?? "") {
            flaws.append("\(name) must be given: in production it has no default, since \(why).")
        }
        // Chance makes no 32 characters of so few; people who fill in a placeholder do.
        if let secret = environment["NADI_SECRET"], !secret.isEmpty,
            Set(secret).count < Self.secretLettersMin
        {
            flaws.append("NADI_SECRET must be made by chance, such as by: openssl rand -base64 48")
        }
        for name in ["NADI_WEBHOOK_BLOCKS", "NADI_OPENID_BLOCKS"] where !(environment[name] ?? "").isEmpty {
            flaws.append("\(name) is for development: in production nothing that a clinic names goes inside.")
        }
    }

    var unknown: [String] {
        environment.keys.filter { $0.hasPrefix("NADI_") && !known.contains($0) }.sorted()
    }
}

/// Everything that is wrong with the environment.
struct ConfigurationFlaws: Speakable {
    let words: [String]
}
