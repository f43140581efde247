import Database
import EventLoop
import FoundationEssentials
import Glibc
import Synchronization
import Testing

/// A private cluster of one test's own, to be stopped, frozen and started again.
final class TestServer: Sendable {
    private let settings: PrivateCluster.Configuration
    private let running = Mutex<PrivateCluster?>(nil)
    let urls: DatabaseURLs

    init(in folder: String) throws {
        settings = PrivateCluster.Configuration(dataDirectory: folder, isDurable: false)
        let cluster = try PrivateCluster.serve(settings)
        running.withLock { $0 = cluster }
        urls = cluster.urls
    }

    func start() throws {
        let cluster = try PrivateCluster.serve(settings)
        running.withLock { $0 = cluster }
    }

    func stop() {
        running.withLock { cluster in
            cluster?.stop()
            cluster = nil
        }
    }

    /// To the server and to each of its processes.
    func signal(_ number: Int32) {
        guard let pid = running.withLock({ $0?.processID }) else { return }
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
            guard let child = Int32(name),
                let text = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8),
                let mark = text.lastIndex(of: ")")
            else { continue }
            let parent = text[mark...].split(separator: " ").dropFirst(2).first.flatMap { Int32($0) }
            if child == pid || parent == pid { kill(child, number) }
        }
    }
}

/// Runs `body` on a loop, with a server of its own and a database on it.
func withServer(
    deadline: Duration = .seconds(5), _ body: @escaping @Sendable (TestServer, Database) async throws -> Void
) async throws {
    let folder = "/tmp/nadi-loss-\(getpid())-\(UInt32.random(in: .min ... .max))"
    let server = try TestServer(in: folder)
    let group = EventLoopGroup(count: 1)
    var configuration = DatabaseConfiguration(url: server.urls.app)
    configuration.deadline = deadline
    let database = Database(configuration, loops: group.loops)
    let outcome: Result<Void, any Error>
    do {
        outcome = .success(try await group.loops[0].perform { try await body(server, database) })
    } catch { outcome = .failure(error) }
    database.close()
    group.stop()
    server.signal(SIGCONT)
    server.stop()
    try? FileManager.default.removeItem(atPath: folder)
    try outcome.get()
}

/// Whether something becomes true in time.
func within(
    _ limit: Duration, _ loop: EventLoop, _ condition: nonisolated(nonsending) () async throws -> Bool
) async throws -> Bool {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if try await condition() { return true }
        try await loop.sleep(for: .milliseconds(10))
    }
    return false
}

func waitUntil(_ loop: EventLoop, _ condition: nonisolated(nonsending) () async throws -> Bool) async throws {
    try #require(try await within(.seconds(10), loop, condition))
}
