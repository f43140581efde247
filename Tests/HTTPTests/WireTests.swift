import HTTP
import Testing

@Suite("What the server makes of bytes", .serialized)
struct WireTests {
    @Test("each raw message has its listed answer, over a socket", arguments: RawCase.all)
    func listedAnswer(raw: RawCase) async throws {
        try await withServer { server, _ in
            let client = try RawClient(port: server.port)
            client.send(raw.wireBytes)
            if raw.finishes { client.finishSending() }
            let answers = try client.answers(raw.statuses.count)
            #expect(answers.map(\.status) == raw.statuses)
            if let bodies = raw.bodies { #expect(answers.map(\.body.text) == bodies) }
            switch raw.end {
            case .closes: #expect(client.receiveAll() == [])
            case .stays: #expect(client.receive(within: 20) == nil)
            }
        }
    }

    @Test("the list is long enough to mean something")
    func enough() {
        #expect(RawCase.all.count >= 100)
        #expect(Set(RawCase.all.map(\.name)).count == RawCase.all.count)
    }
}
