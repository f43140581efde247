import Glibc
import HTTP
import TestKit
import Testing

@Suite("Nobody gets another's answer", .serialized)
struct MixUpTests {
    /// 50,000 unless NADI_MIXUP_REQUESTS says otherwise.
    private static let count = getenv("NADI_MIXUP_REQUESTS").flatMap { Int(String(cString: $0)) } ?? 50_000

    @Test("of many requests over kept connections, a third cut off at random, none sees a byte of another")
    func mixUp() async throws {
        try await withServer(loops: 2, { $0.connectionsPerAddressMax = 10_000 }) { server, _ in
            let pools = await withTaskGroup(of: Pool.self) { tasks in
                for worker in 0..<2 { tasks.addTask { Self.work(worker, port: server.port) } }
                return await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(pools.flatMap(\.foreign) == [])
            #expect(pools.map(\.answered).reduce(0, +) > Self.count / 2)
        }
    }

    private static func work(_ worker: Int, port: UInt16) -> Pool {
        var pool = Pool(port: port, random: Chance(seed: UInt64(worker + 1)))
        for number in 0..<count / 2 { pool.ask("w\(worker)n\(number)") }
        return pool
    }

    private struct Pool {
        let port: UInt16
        var random: Chance
        var clients: [RawClient] = []
        var foreign: [String] = []
        var answered = 0

        /// Asks over a pooled connection and checks that the answer is its own; or goes away in the middle.
        mutating func ask(_ marker: String) {
            guard let client = clients.popLast() ?? (try? RawClient(port: port)) else {
                return foreign.append("no connection")
            }
            let path = random.next() % 4 == 0 ? "/slow?1" : "/"
            let whole = "POST \(path) HTTP/1.1¶Host: x¶X-Marker: \(marker)¶Content-Length: 6¶¶secret"
            if random.next() % 10 < 3 {
                let text = Array(whole.replacing("¶", with: "\r\n").utf8)
                // Cut off anywhere: amid the head, amid the body, or right after the request.
                return client.send(Array(text.prefix(Int(random.next() % UInt64(text.count + 1)))))
            }
            client.send(whole)
            guard let answer = try? client.answer() else { return foreign.append("\(marker): no answer") }
            let expected = path == "/" ? "POST /? \(marker) secret" : "slow \(marker)"
            if answer.body.text != expected { foreign.append("\(marker): \(answer.body.text)") }
            answered += 1
            if clients.count < 32 { clients.append(client) }
        }
    }
}
