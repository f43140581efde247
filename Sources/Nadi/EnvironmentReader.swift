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
        "NADI_LOG_LEVEL": Configuration.logLevels.joined(separator: ", "),
        "NADI_SECRET": "at least 32 characters",
    ]

    /// Settings of parts that read them by themselves.
    private static let readElsewhere: Set = [
        "NADI_SMS_URL", "NADI_WHATSAPP_URL", "NADI_SMTP_URL", "NADI_RAZORPAY_URL",
        "NADI_STRIPE_URL", "NADI_OBJECT_STORE_URL", "NADI_CLAMD_URL", "NADI_SENTRY_DSN",
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

    mutating func read<Value>(_ name: String, default fallback: Value, _ parse: (String) -> Value?) -> Value {
        guard let text = text(name) else { return fallback }
        guard let value = parse(text) else {
            flaws.append("\(name) must be \(Self.forms[name] ?? "something else").")
            return fallback
        }
        return value
    }

    /// Production has no defaults for what keeps clinics apart and tokens honest, nor takes them when they
    /// are spelt out.
    mutating func demandProduction() {
        for (name, fallback, why) in [
            ("NADI_SECRET", "", "it seals the keys that sign tokens"),
            ("NADI_BASE_DOMAIN", "localhost", "clinics answer on its subdomains"),
        ] where ["", fallback].contains(environment[name] ?? "") {
            flaws.append("\(name) must be given: in production it has no default, since \(why).")
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
