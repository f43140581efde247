public import EventLoop
import FoundationEssentials
import Glibc
public import Redis

/// A real Redis of a test's own, on a port and in a folder of its own; it keeps nothing.
public final class RedisServer: Sendable {
    /// Where it listens.
    public let url: RedisURL
    private let pid: pid_t
    private let folder: String

    /// Why there is none.
    public enum Fault: Error { case noPort, notStarted, noAnswer }

    /// Starts one and lends it to `body` on the first of `loops` loops, with a pool that is connected; a
    /// patient one unless it is said otherwise, since on a busy machine a good answer may be late.
    public static func withPool<Value: Sendable>(
        loops: Int = 1, patience: Duration = .seconds(10),
        _ body: @escaping @Sendable (RedisServer, RedisPool, [EventLoop]) async throws -> Value
    ) async throws -> Value {
        let group = EventLoopGroup(count: loops)
        let first = group.loops[0]
        let outcome = await Result {
            try await first.perform {
                let server = try RedisServer()
                defer { server.stop() }
                let pool = RedisPool(server.url, loops: group.loops, patience: patience)
                defer { pool.close() }
                pool.start()
                // Each loop has a connection of its own, which tries again later if it came too early.
                for loop in group.loops {
                    try await loop.perform { try await server.untilAnswered(by: pool) }
                }
                return try await body(server, pool, group.loops)
            }
        }
        group.stop()
        return try outcome.get()
    }

    /// Starts one; at a port given, or at a free one.
    public init(port: UInt16? = nil) throws {
        guard let port = port ?? Self.freePort(), let url = RedisURL("redis://127.0.0.1:\(port)/0") else {
            throw Fault.noPort
        }
        folder = "/tmp/nadi-redis-\(getpid())-\(port)"
        mkdir(folder, 0o700)
        let words = [
            "/usr/bin/redis-server", "--port", "\(port)", "--bind", "127.0.0.1", "--save", "", "--appendonly",
            "no", "--dir", folder, "--logfile", folder + "/log", "--daemonize", "no",
        ]
        var started: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        guard posix_spawn(&started, words[0], nil, nil, &arguments, environ) == 0 else {
            throw Fault.notStarted
        }
        (self.url, pid) = (url, started)
    }

    /// Waits until it serves.
    public nonisolated(nonsending) func untilAnswered(by pool: RedisPool) async throws {
        for _ in 0..<200 {
            if (try? await pool.ask(RedisCall("PING"))) == .word("PONG") { return }
            try await EventLoop.current?.sleep(for: .milliseconds(25))
        }
        throw Fault.noAnswer
    }

    /// Stops its clock: it holds its connections and answers nothing.
    public func freeze() { kill(pid, SIGSTOP) }

    /// Lets it go on.
    public func thaw() { kill(pid, SIGCONT) }

    /// Ends it at once; everything it knew is gone.
    public func stop() {
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static func freePort() -> UInt16? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        return bound ? UInt16(bigEndian: address.sin_port) : nil
    }
}
