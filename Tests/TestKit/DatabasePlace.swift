@_spi(Testing) public import Database
public import EventLoop
import Synchronization

/// A fresh database of a real PostgreSQL, and loops to use it from.
public struct TestPlace: Sendable {
    /// The database as the program sees it.
    public let database: Database
    /// The loops it has a pool for; the test's body runs on the first.
    public let loops: [EventLoop]
    /// The database's name in the cluster.
    public let name: String
    /// Where psql, or another program, finds it.
    public let urls: DatabaseURLs

    /// Runs a script as an administrator, or as another login; the rows of its last statement, as text.
    @discardableResult
    public func script(_ text: String, at url: String? = nil) async throws -> [[String?]] {
        try await RawScript.run(text, at: url ?? urls.superuser)
    }

    /// Another view of the same database, with other bounds.
    public func database(_ change: (inout DatabaseConfiguration) -> Void) -> Database {
        var configuration = TestDatabase.configuration(urls)
        change(&configuration)
        return Database(configuration, loops: loops)
    }
}

/// Databases for tests, each a clone of the migrated one, dropped afterwards.
public enum TestDatabase {
    /// What a clone begins as.
    public enum Content: Sendable {
        /// The product's schema, without a row.
        case migrated
        /// Nothing.
        case empty
    }

    private static let turns = Turns(limit: 12)
    private static let names = Atomic<Int>(0)

    /// Runs `body` on an event loop with a database of its own.
    public static func withDatabase<Value: Sendable>(
        _ body: @escaping @Sendable (Database) async throws -> Value
    ) async throws -> Value {
        try await withPlace { try await body($0.database) }
    }

    /// Runs `body` on the first of `loops` event loops with a database of its own.
    public static func withPlace<Value: Sendable>(
        _ content: Content = .migrated, loops: Int = 1,
        _ body: @escaping @Sendable (TestPlace) async throws -> Value
    ) async throws -> Value {
        await turns.begin()
        let outcome = await Result { try await inTurn(content, loops, body) }
        await turns.end()
        return try outcome.get()
    }

    private static func inTurn<Value: Sendable>(
        _ content: Content, _ loops: Int, _ body: @escaping @Sendable (TestPlace) async throws -> Value
    ) async throws -> Value {
        let cluster = try DatabaseCluster.shared.get().cluster
        let template = content == .migrated ? DatabaseCluster.migratedTemplate : DatabaseCluster.emptyTemplate
        let name = "test_\(names.add(1, ordering: .relaxed).newValue)"
        let admin = cluster.urls(ofDatabase: "postgres").superuser
        let urls = cluster.urls(ofDatabase: name)
        let group = EventLoopGroup(count: loops)
        let first = group.loops[0]
        let outcome = await Result {
            let create = "CREATE DATABASE \(name) TEMPLATE \(template) OWNER nadi_owner"
            try await first.perform { _ = try await RawScript.run(create, at: admin) }
            let database = Database(configuration(urls), loops: group.loops)
            defer { database.close() }
            let place = TestPlace(database: database, loops: group.loops, name: name, urls: urls)
            return try await first.perform { try await body(place) }
        }
        _ = try? await first.perform {
            try await RawScript.run("DROP DATABASE \(name) WITH (FORCE)", at: admin)
        }
        group.stop()
        return try outcome.get()
    }

    static func configuration(_ urls: DatabaseURLs) -> DatabaseConfiguration {
        var configuration = DatabaseConfiguration(url: urls.app)
        (configuration.platformURL, configuration.workerURL) = (urls.platform, urls.worker)
        return configuration
    }
}

/// Lets a bounded number of tests have a database at a time: the cluster's connections are not without end.
private actor Turns {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(limit: Int) { free = limit }

    func begin() async {
        guard free == 0 else { return free -= 1 }
        await withCheckedContinuation { waiting.append($0) }
    }

    func end() {
        guard waiting.isEmpty else { return waiting.removeFirst().resume() }
        free += 1
    }
}
