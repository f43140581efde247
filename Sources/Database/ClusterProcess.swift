import CLibPQ
import Glibc

/// The server process of a private cluster, from its start until it has ended.
final class ClusterProcess: Sendable {
    private let pid: Int32
    private let child: ChildThread

    /// Starts the server and waits until it answers. After a crash that can take as long as its recovery
    /// does.
    init(_ files: ClusterFiles, in directory: String) throws {
        child = try ChildThread(
            Launch(
                path: try Self.program("postgres"), arguments: ["-D", directory] + Self.options(files),
                account: files.account, log: files.log, deathSignal: SIGINT))
        pid = child.pid
        for _ in 0..<12_000 {
            if Self.answers(files, within: 0) { return }
            guard child.exitCode == nil else { throw Self.failure("postgres", files.log) }
            usleep(10_000)
        }
        stop()
        throw ClusterFlaw("The database did not answer within two minutes; see \(files.log).")
    }

    /// Whether it ended otherwise than by being asked to.
    var hasCrashed: Bool { (child.exitCode ?? 0) != 0 }

    /// Ends every connection, writes everything down, and returns when the server is gone.
    func stop() {
        // Fast; and if that takes a minute, at once: the next start then recovers.
        for signal in [SIGINT, SIGQUIT] where child.exitCode == nil {
            kill(pid, signal)
            for _ in 0..<6000 where child.exitCode == nil { usleep(10_000) }
        }
    }

    static func answers(_ files: ClusterFiles, within seconds: Int) -> Bool {
        let url = DatabaseURLs(socketDirectory: files.socketDirectory, database: "postgres").superuser
        for attempt in 0...(seconds * 20) {
            if PQping(url) == PQPING_OK { return true }
            if attempt < seconds * 20 { usleep(50_000) }
        }
        return false
    }

    /// Runs a program to its end; a failure carries the last lines of what it said.
    static func run(_ path: String, _ arguments: [String], as account: ClusterAccount, log: String) throws {
        let child = try ChildThread(
            Launch(path: path, arguments: arguments, account: account, log: log, deathSignal: SIGKILL))
        while child.exitCode == nil { usleep(2000) }
        guard child.exitCode == 0 else { throw failure(path, log) }
    }

    /// PostgreSQL 15's program of that name, where Debian puts it.
    static func program(_ name: String) throws -> String {
        let path = "/usr/lib/postgresql/15/bin/\(name)"
        guard access(path, X_OK) == 0 else {
            throw ClusterFlaw("PostgreSQL 15 is not installed (\(path)): apt-get install postgresql-15")
        }
        return path
    }

    private static func failure(_ program: String, _ log: String) -> ClusterFlaw {
        let lines = (try? readLines(log).suffix(5).joined(separator: "\n")) ?? ""
        return ClusterFlaw("\(program) failed; the end of \(log):\n\(lines)")
    }

    /// Statements and values stay out of the log: they hold what patients said. There are connections for
    /// some forty loops, each of which opens its dozen only when they are needed.
    private static func options(_ files: ClusterFiles) -> [String] {
        var settings = [
            ("listen_addresses", ""), ("unix_socket_directories", files.socketDirectory),
            ("unix_socket_permissions", "0700"), ("max_connections", "500"), ("shared_buffers", "128MB"),
            ("max_wal_size", "1GB"), ("checkpoint_timeout", "5min"), ("jit", "off"),
            ("deadlock_timeout", "200ms"),
            ("log_error_verbosity", "terse"), ("log_min_error_statement", "panic"),
            ("log_min_messages", "warning"),
            ("log_parameter_max_length_on_error", "0"), ("log_checkpoints", "off"), ("timezone", "UTC"),
            ("autovacuum_naptime", "15s"),
        ]
        if !files.isDurable {
            settings += [
                ("fsync", "off"), ("synchronous_commit", "off"), ("full_page_writes", "off"),
            ]
        }
        return settings.flatMap { ["-c", "\($0)=\($1)"] }
    }
}
