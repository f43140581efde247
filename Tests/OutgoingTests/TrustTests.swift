import Foundation
import Glibc
import HTTP
import Outgoing
import Testing

/// `openssl s_server` with a certificate of its own making for some name.
private final class SelfSignedServer {
    let folder = "/tmp/nadi-tls-\(getpid())-\(UUID().uuidString)"
    let port = Int.random(in: 20_000...30_000)
    private var process: pid_t = 0

    init(named name: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let key = "\(folder)/key.pem"
        var status: Int32 = 0
        let made = Self.run([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", authorities, "-days",
            "2",
            "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:\(name)",
        ])
        waitpid(made, &status, 0)
        process = Self.run([
            "s_server", "-accept", "\(port)", "-cert", authorities, "-key", key, "-www", "-quiet",
        ])
        for _ in 0..<100 where !isListening { usleep(50_000) }
    }

    var authorities: String { "\(folder)/cert.pem" }

    private var isListening: Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func run(_ arguments: [String]) -> pid_t {
        var words = (["openssl"] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        for descriptor in [Int32(0), 1, 2] {
            posix_spawn_file_actions_addopen(&files, descriptor, "/dev/null", O_RDWR, 0)
        }
        var process: pid_t = 0
        posix_spawn(&process, "/usr/bin/openssl", &files, nil, &words, environ)
        return process
    }

    func stop() {
        var status: Int32 = 0
        // Threads of the test pool block signals, and a child inherits that.
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        try? FileManager.default.removeItem(atPath: folder)
    }
}

@Suite("Whom a courier believes", .serialized)
struct TrustTests {
    private func ask(_ server: SelfSignedServer, believing authorities: String?) async throws -> Int {
        let url = "https://localhost:\(server.port)/"
        return try await withCourier(authorities: authorities) {
            try await $0.answer(to: OutgoingRequest(.get, url)).status
        }
    }

    @Test("a certificate that nobody vouches for is not believed, and nothing is sent")
    func selfSigned() async throws {
        let server = try SelfSignedServer(named: "localhost")
        defer { server.stop() }
        await #expect(throws: OutgoingFault(.untrusted, mayHaveArrived: false)) {
            _ = try await ask(server, believing: nil)
        }
        #expect(try await ask(server, believing: server.authorities) == 200)
    }

    @Test("a certificate for another name is not believed")
    func otherName() async throws {
        let server = try SelfSignedServer(named: "elsewhere.example")
        defer { server.stop() }
        await #expect(throws: OutgoingFault(.untrusted, mayHaveArrived: false)) {
            _ = try await ask(server, believing: server.authorities)
        }
    }
}
