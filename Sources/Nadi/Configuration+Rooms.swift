import Crypto
import ErrorReports
import EventLoop
import Glibc
import HTTP
import Identity
import Outgoing
import Reception
import Telemetry
import Tenancy
import Vocabulary

/// What the rooms are told of the configuration.
extension Configuration {
    var baseHost: HostName {
        get throws {
            guard let host = HostName(field: baseDomain) else { throw Refusal("\(baseDomain) is no domain.") }
            return host
        }
    }

    /// Everything wrong with addresses is told at once.
    var serverConfiguration: ServerConfiguration {
        get throws {
            let proxies = trustedProxies.map { (text: $0, block: AddressBlock($0)) }
            var flaws = proxies.filter { $0.block == nil }.map {
                "NADI_TRUSTED_PROXIES names '\($0.text)', which is no address and no block of addresses."
            }
            let address = IPAddress(host)
            if address == nil { flaws.append("NADI_HOST must be an address, such as 127.0.0.1 or ::.") }
            guard let address, flaws.isEmpty else { throw ConfigurationFlaws(words: flaws) }
            var server = ServerConfiguration(host: address, port: port)
            server.trustedProxies = proxies.compactMap(\.block)
            server.connectionsMax = connections
            server.connectionsPerAddressMax = connectionsPerAddress
            return server
        }
    }

    /// Where clinics' OpenID providers are asked; development may open what stands on the same machine.
    var issuerAddresses: AddressGuard {
        .publicOnly(except: openIDBlocks, allowingPlainText: !openIDBlocks.isEmpty)
    }

    /// The machine and the process, as operators see it beside others.
    var processName: String {
        var name = [CChar](repeating: 0, count: 128)
        gethostname(&name, name.count - 1)
        let machine = name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
        return "\(String(decoding: machine, as: UTF8.self)):\(getpid())"
    }

    /// What tells of faults, if anybody wants to hear of them; the courier is closed with it.
    func openReports(of log: LogSink, loops: [EventLoop]) -> (reporter: ErrorReporter, courier: Courier)? {
        sentry.map { dsn in
            let courier = Courier(.operatorNamed, loops: loops)
            let origin = ReportOrigin(
                version: Server.version, environment: mode.rawValue, server: processName)
            let reporter = ErrorReporter(to: dsn, from: origin, by: courier, clock: .system)
            reporter.watch(log)
            return (reporter, courier)
        }
    }

    func openLog() -> LogSink {
        let isWatched = isatty(2) == 1
        return LogSink(
            style: isWatched && mode == .development ? .pretty : .json, clock: .system, batchBytes: 8 << 10)
    }

    /// Given in production; in development made at the first start, for this data directory alone.
    func openSecret() throws -> Secret {
        if let secret { return try InstallationSecret.given(secret) }
        // With a database elsewhere nobody has made the directory yet.
        mkdir(dataDirectory, 0o755)
        return try InstallationSecret.kept(inFile: dataDirectory + "/secret")
    }
}
