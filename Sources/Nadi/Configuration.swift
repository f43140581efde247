import ErrorReports
import HTTP
import Messaging
import Redis
import Vocabulary

/// What the environment says, read whole before the door opens.
struct Configuration: Sendable {
    enum Mode: String, CaseIterable {
        case development, production
    }

    let mode: Mode
    let host: String
    let port: UInt16
    let baseDomain: String
    let dataDirectory: String
    let databaseURL: String?
    let databasePassword: String?
    let migrations: String?
    /// What several instances share; nil where there is one alone.
    let redis: RedisURL?
    let loops: Int
    /// On how many of the loops jobs are carried out.
    let workers: Int
    let trustedProxies: [String]
    /// Clients at once, in all and from one address.
    let connections: Int
    let connectionsPerAddress: Int
    /// By what messages leave. Development keeps in its inbox what no gateway is named for.
    let gateways: [MessageChannel: GatewayURL]
    /// Where webhooks may go beside the public internet: development's own receivers.
    let webhookBlocks: [AddressBlock]
    /// Where clinics' OpenID providers may stand beside the public internet: development's own.
    let openIDBlocks: [AddressBlock]
    let logLevel: String
    /// Where faults of ours are told; nil tells nobody.
    let sentry: SentryDSN?
    let secret: String?
    /// How many times the declared calls a caller may make: for a house that knows its callers, or a
    /// measurement.
    let limitFactor: Int
    /// Settings that look like ours and are not: misspelt, most likely.
    let unknown: [String]

    /// Reads every setting; throws one error that names everything wrong.
    init(environment: [String: String], cores: Int) throws {
        var reader = EnvironmentReader(environment)
        mode = reader.read("NADI_ENV", default: .development) { Mode(rawValue: $0) }
        host = reader.text("NADI_HOST") ?? "127.0.0.1"
        port = reader.read("NADI_PORT", default: 8080) { UInt16($0) }
        baseDomain = reader.read("NADI_BASE_DOMAIN", default: "localhost") { Self.isDomain($0) ? $0 : nil }
        dataDirectory = reader.text("NADI_DATA_DIR") ?? ".nadi"
        databaseURL = reader.read("NADI_DATABASE_URL", default: nil) { Self.isDatabase($0) ? $0 : nil }
        databasePassword = reader.text("NADI_DATABASE_APP_PASSWORD")
        migrations = reader.text("NADI_MIGRATIONS_DIR")
        redis = reader.read("NADI_REDIS_URL", default: nil) { RedisURL($0) }
        loops = reader.number("NADI_LOOPS", default: cores, in: 1...256)
        workers = reader.number("NADI_WORKERS", default: loops, in: 0...256)
        trustedProxies = (reader.text("NADI_TRUSTED_PROXIES") ?? "").split(separator: ",").map {
            String($0.trimmed)
        }
        connections = reader.number("NADI_CONNECTIONS", default: 20_000, in: 1...1_000_000)
        connectionsPerAddress = reader.number(
            "NADI_CONNECTIONS_PER_ADDRESS", default: 1_000, in: 1...1_000_000)
        gateways = reader.gateways()
        webhookBlocks = reader.blocks("NADI_WEBHOOK_BLOCKS")
        openIDBlocks = reader.blocks("NADI_OPENID_BLOCKS")
        logLevel = reader.read("NADI_LOG_LEVEL", default: "info") { Self.logLevels.contains($0) ? $0 : nil }
        let isProduction = mode == .production
        sentry = reader.read("NADI_SENTRY_DSN", default: nil) { text in
            // Nothing readable, rather than a reading that is nil.
            SentryDSN(text, allowsPlain: !isProduction).map { .some($0) } ?? .none
        }
        secret = reader.read("NADI_SECRET", default: nil) { $0.utf8.count >= 32 ? $0 : nil }
        limitFactor = reader.number("NADI_LIMIT_FACTOR", default: 1, in: 1...100_000)
        if mode == .production { reader.demandProduction() }
        unknown = reader.unknown
        guard reader.flaws.isEmpty else { throw ConfigurationFlaws(words: reader.flaws) }
    }

    /// Where a clinic answers; the port is left out where browsers leave it out.
    func url(of slug: Slug?) -> String {
        let name = slug.map { "\($0.text).\(baseDomain)" } ?? baseDomain
        return mode == .production ? "https://\(name)" : "http://\(name)" + (port == 80 ? "" : ":\(port)")
    }

    static let logLevels = ["debug", "info", "notice", "warning", "error"]

    private static func isDomain(_ text: String) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { Slug(text: $0) != nil }
    }

    private static func isDatabase(_ text: String) -> Bool {
        text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
    }
}

extension Substring {
    /// Without the spaces at either end.
    var trimmed: Substring {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
