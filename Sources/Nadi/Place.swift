import Database
import EventLoop
import Glibc
import Terminal

/// Where commands work: the configuration, the person's terminal, and the database for as long as a command
/// needs it.
struct Place: Sendable {
    let configuration: Configuration
    let terminal: Terminal

    init(environment: [String: String], terminal: Terminal) throws {
        configuration = try Configuration(
            environment: environment, cores: Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        self.terminal = terminal
    }

    /// Where the schema's steps lie.
    var migrationsFolder: String {
        get throws { try configuration.migrations ?? ProgramFolder.path("Migrations") }
    }

    /// The logins; a private cluster need not run to be named.
    func urls() throws -> DatabaseURLs { try DatabaseHold.urls(configuration) }
}

/// The database, whoever runs it, until it is released.
struct DatabaseHold {
    let urls: DatabaseURLs
    let cluster: PrivateCluster?

    /// For a server: the private cluster is its own to run.
    static func serve(_ configuration: Configuration) throws -> DatabaseHold {
        try open(configuration) { try PrivateCluster.serve($0) }
    }

    /// For a command: a private cluster that a server runs is used beside it.
    static func borrow(_ configuration: Configuration) throws -> DatabaseHold {
        try open(configuration) { try PrivateCluster.borrow($0) }
    }

    func release() { cluster?.stop() }

    /// Starts a private cluster again whenever it crashes, until the task is cancelled. An external database
    /// is its operator's to look after.
    func keepAlive(_ terminal: Terminal) async {
        while let cluster, let loop = EventLoop.current {
            do { try await loop.sleep(for: .milliseconds(250)) } catch { return }
            do {
                if try cluster.reviveIfCrashed() { terminal.note("The database had crashed; it is back.") }
            } catch {
                terminal.note("The database crashed and does not start yet: \(error)")
                try? await loop.sleep(for: .seconds(1))
            }
        }
    }

    /// Migrations are an administrator's work.
    func migrator(_ folder: String) -> Migrator { Migrator(folder: folder, url: urls.superuser) }

    /// How the server logs in.
    func databaseConfiguration(password: String?) -> DatabaseConfiguration {
        var configuration = DatabaseConfiguration(url: urls.app, password: password)
        (configuration.platformURL, configuration.platformPassword) = (urls.platform, password)
        (configuration.workerURL, configuration.workerPassword) = (urls.worker, password)
        return configuration
    }

    static func urls(_ configuration: Configuration) throws -> DatabaseURLs {
        guard let url = configuration.databaseURL else {
            return try PrivateCluster.urls(settings(configuration))
        }
        guard let urls = DatabaseURLs(administrator: url, password: configuration.databasePassword) else {
            throw ConfigurationFlaws(words: ["NADI_DATABASE_URL cannot be read."])
        }
        return urls
    }

    private static func open(
        _ configuration: Configuration, _ start: (PrivateCluster.Configuration) throws -> PrivateCluster
    ) throws -> DatabaseHold {
        guard configuration.databaseURL == nil else {
            return DatabaseHold(urls: try urls(configuration), cluster: nil)
        }
        let cluster = try start(settings(configuration))
        return DatabaseHold(urls: cluster.urls, cluster: cluster)
    }

    private static func settings(_ configuration: Configuration) -> PrivateCluster.Configuration {
        PrivateCluster.Configuration(dataDirectory: configuration.dataDirectory)
    }
}
