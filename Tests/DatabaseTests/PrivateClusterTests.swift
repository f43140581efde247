import CLibPQ
import Glibc
import Testing

@testable import Database

@Suite("A private cluster", .serialized)
struct PrivateClusterTests {
    private func withDirectory(_ body: (String) throws -> Void) throws {
        var template = Array("/tmp/nadi-cluster-XXXXXX\0".utf8CString.dropLast())
        try #require(mkdtemp(&template) != nil)
        let directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        chmod(directory, 0o755)
        defer { try? ClusterProcess.run("/bin/rm", ["-rf", directory], as: .none, log: "/dev/null") }
        try body(directory)
    }

    private func answer(_ url: String, _ statement: String) -> String? {
        let connection = PQconnectdb(url)
        defer { PQfinish(connection) }
        let result = PQexec(connection, statement)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_TUPLES_OK || PQresultStatus(result) == PGRES_COMMAND_OK else {
            return nil
        }
        return PQntuples(result) > 0 ? String(cString: PQgetvalue(result, 0, 0)) : ""
    }

    @Test("is made with every role, stops clean, and is ready again within a second")
    func life() throws {
        try withDirectory { directory in
            let settings = PrivateCluster.Configuration(dataDirectory: directory)
            let cluster = try PrivateCluster.serve(settings)
            for (url, role) in [
                (cluster.urls.app, "nadi_app"), (cluster.urls.owner, "nadi_owner"),
                (cluster.urls.auditor, "nadi_auditor"), (cluster.urls.platform, "nadi_platform"),
                (cluster.urls.worker, "nadi_worker"), (cluster.urls.superuser, "postgres"),
            ] {
                #expect(answer(url, "SELECT current_user") == role)
            }
            #expect(answer(cluster.urls.app, "SHOW listen_addresses") == "")
            #expect(answer(cluster.urls.app, "SHOW fsync") == "on")
            #expect(answer(cluster.urls.app, "SHOW data_checksums") == "on")
            #expect(answer(cluster.urls.owner, "CREATE TABLE kept (n int)") == "")
            cluster.stop()
            #expect(answer(cluster.urls.app, "SELECT 1") == nil)
            let again = try PrivateCluster.serve(settings)
            #expect(answer(again.urls.owner, "SELECT count(*) FROM kept") == "0")
            again.stop()
        }
    }

    @Test("serves one nadi at a time, and any number of commands beside it")
    func sharing() throws {
        try withDirectory { directory in
            let settings = PrivateCluster.Configuration(dataDirectory: directory, isDurable: false)
            let cluster = try PrivateCluster.serve(settings)
            let flaw = #expect(throws: ClusterFlaw.self) { try PrivateCluster.serve(settings) }
            #expect("\(try #require(flaw))".contains("Another nadi (pid \(getpid())) already runs"))
            let borrowed = try PrivateCluster.borrow(settings)
            #expect(borrowed.isBorrowed && borrowed.processID == cluster.processID)
            borrowed.stop()
            #expect(answer(cluster.urls.app, "SELECT 1") == "1")
            cluster.stop()
            let alone = try PrivateCluster.borrow(settings)
            #expect(!alone.isBorrowed && answer(alone.urls.app, "SELECT 1") == "1")
            alone.stop()
        }
    }

    @Test("comes back after its server was killed, with everything that was committed")
    func crash() throws {
        try withDirectory { directory in
            let settings = PrivateCluster.Configuration(dataDirectory: directory)
            let cluster = try PrivateCluster.serve(settings)
            #expect(answer(cluster.urls.owner, "CREATE TABLE kept AS SELECT 7 AS n") == "")
            kill(try #require(cluster.processID), SIGKILL)
            cluster.stop()
            let again = try PrivateCluster.serve(settings)
            #expect(answer(again.urls.owner, "SELECT n FROM kept") == "7")
            again.stop()
        }
    }

    @Test("a server that crashed is started again, one that was stopped in good order is not")
    func revival() throws {
        try withDirectory { directory in
            let cluster = try PrivateCluster.serve(.init(dataDirectory: directory, isDurable: false))
            defer { cluster.stop() }
            #expect(try cluster.reviveIfCrashed() == false)
            kill(try #require(cluster.processID), SIGKILL)
            var revived = false
            for _ in 0..<100 where !revived {
                usleep(50_000)
                revived = (try? cluster.reviveIfCrashed()) ?? false
            }
            #expect(revived && answer(cluster.urls.app, "SELECT 1") == "1")
            kill(try #require(cluster.processID), SIGINT)
            for _ in 0..<200 where cluster.processID != nil { usleep(20_000) }
            #expect(try cluster.reviveIfCrashed() == false)
        }
    }

    @Test("a half-made one is made anew")
    func interrupted() throws {
        try withDirectory { directory in
            try makeDirectory(directory + "/postgres.new/base", mode: 0o700)
            let cluster = try PrivateCluster.serve(.init(dataDirectory: directory, isDurable: false))
            #expect(answer(cluster.urls.app, "SELECT 1") == "1")
            cluster.stop()
        }
    }

    @Test(
        "a data directory that only root may enter has its cluster elsewhere, and finds it again",
        .enabled(if: getuid() == 0))
    func withheld() throws {
        try withDirectory { directory in
            chmod(directory, 0o700)
            let settings = PrivateCluster.Configuration(dataDirectory: directory + "/data", isDurable: false)
            let cluster = try PrivateCluster.serve(settings)
            #expect(answer(cluster.urls.owner, "CREATE TABLE kept (n int)") == "")
            cluster.stop()
            let again = try PrivateCluster.serve(settings)
            #expect(answer(again.urls.owner, "SELECT count(*) FROM kept") == "0")
            again.stop()
            let home = try #require(realpath(directory + "/data/cluster", nil))
            defer { free(home) }
            #expect(String(cString: home).hasPrefix("/var/lib/nadi/"))
            try ClusterProcess.run("/bin/rm", ["-rf", String(cString: home)], as: .none, log: "/dev/null")
        }
    }

    @Test("long directories get a short socket path")
    func longPath() throws {
        try withDirectory { directory in
            let long = directory + "/" + String(repeating: "d", count: 100)
            let cluster = try PrivateCluster.serve(.init(dataDirectory: long, isDurable: false))
            #expect(answer(cluster.urls.app, "SELECT 1") == "1")
            cluster.stop()
        }
    }
}

@Suite("Logins of a database that somebody else runs")
struct DatabaseURLsTests {
    @Test("the administrator's URL is kept, and each role asks the same server")
    func external() throws {
        let urls = try #require(
            DatabaseURLs(
                administrator: "postgres://root:p%40ss@db.example:5433/clinic?sslmode=require",
                password: "a/b"))
        #expect(urls.app == "postgres://nadi_app:a%2Fb@db.example:5433/clinic?sslmode=require")
        #expect(
            urls.owner
                == "postgres://root:p%40ss@db.example:5433/clinic?sslmode=require"
                + "&options=-c%20role%3Dnadi_owner")
        let socket = try #require(
            DatabaseURLs(administrator: "postgresql:///x?host=/tmp&user=me", password: nil))
        #expect(socket.app == "postgresql://nadi_app@/x?host=/tmp")
    }

    @Test("what is no such URL is refused", arguments: ["", "db.example", "mysql://x/y", "http://x"])
    func refused(url: String) {
        #expect(DatabaseURLs(administrator: url, password: nil) == nil)
    }
}
