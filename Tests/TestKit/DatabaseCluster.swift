@_spi(Testing) import Database
import EventLoop
import Files
import FoundationEssentials
import Glibc

/// The one private cluster of a test process, with a migrated database from which others are cloned.
///
/// It is started by the first test that needs it. At exit it is stopped and its folder removed; if the
/// process is killed the kernel tells the server, and the next test process removes the folder.
struct DatabaseCluster: Sendable {
    static let emptyTemplate = "template0"
    static let migratedTemplate = "nadi"

    let cluster: PrivateCluster
    private let folder: String

    static let shared = Result { try DatabaseCluster() }

    private init() throws {
        Self.sweep()
        folder = "/tmp/nadi-test-\(getpid())"
        cluster = try PrivateCluster.serve(.init(dataDirectory: folder, isDurable: false))
        let url = cluster.urls.superuser
        let folder = Self.migrations
        _ = try EventLoopGroup.runBlocking { try await Migrator(folder: folder, url: url).run() }
        atexit { try? DatabaseCluster.shared.get().end() }
    }

    /// Where the product's migrations are.
    static let migrations: String = {
        let here = #filePath.split(separator: "/").dropLast(3)
        return "/" + here.joined(separator: "/") + "/Migrations"
    }()

    private func end() {
        cluster.stop()
        remove(folder)
    }

    /// Folders of test processes that are no more.
    private static func sweep() {
        for name in Folder("/tmp").names() ?? [] where name.hasPrefix("nadi-test-") {
            guard let pid = pid_t(name.dropFirst("nadi-test-".count)) else { continue }
            if kill(pid, 0) != 0, errno == ESRCH { remove("/tmp/" + name) }
        }
    }
}

/// Removes a folder and what is in it.
private func remove(_ folder: String) {
    try? FileManager.default.removeItem(atPath: folder)
}
