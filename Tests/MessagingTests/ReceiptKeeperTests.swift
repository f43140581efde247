import Database
import JobQueue
import TestKit
import Testing
import Vocabulary

@testable import Messaging

@Suite("What follows from receipts", .serialized)
struct ReceiptKeeperTests {
    private static let taken = [
        ScriptedServer.Step.until("¶¶"), .say("HTTP/1.1 200 OK¶Content-Length: 12¶¶{\"id\":\"g-1\"}"),
    ]

    /// A clinic whose gateway has taken a text message under the name `g-1`.
    private func withSent(
        _ body: @escaping @Sendable (MessageClinic, ID<Message>) async throws -> Void
    ) async throws {
        let server = try ScriptedServer(Self.taken)
        defer { server.stop() }
        let url = "gateway+http://:secret@127.0.0.1:\(server.port)/send"
        try await MessageClinic.with([.sms: url], usesInbox: true) { clinic in
            let id = try await clinic.ask(about: clinic.thing())
            try await clinic.send(id)
            #expect(try await clinic.states() == ["sms sent"])
            try await body(clinic, id)
        }
    }

    @Test("what was delivered stays so: sent and failed, which come later, change nothing")
    func late() async throws {
        try await withSent { clinic, _ async throws in
            #expect(try await clinic.hear(.delivered) == .done)
            #expect(try await clinic.hear(.sent) != .done)
            #expect(try await clinic.hear(.failed, because: "x") != .done)
            #expect(try await clinic.states() == ["sms delivered"])
        }
    }

    @Test("a message that failed after all goes by the next channel, once, and only then")
    func fallback() async throws {
        try await withSent { clinic, _ async throws in
            #expect(try await clinic.hear(.failed, because: "no such number") == .done)
            #expect(try await clinic.states() == ["sms failed no such number", "email waiting"])
            #expect(try await clinic.hear(.failed, because: "again") != .done)
            #expect(try await clinic.hear(.delivered) == .done)
            #expect(try await clinic.states() == ["sms delivered", "email waiting"])
            #expect(try await clinic.jobs("send-message") == 2)
        }
    }

    @Test("what is said again leaves nothing to do")
    func again() async throws {
        try await withSent { clinic, _ async throws in
            for _ in 0..<3 { try await clinic.keep(.delivered) }
            #expect(try await clinic.jobs("heed-receipt") == 1)
            #expect(try await clinic.place.script("SELECT count(*)::text FROM message_receipt") == [["1"]])
        }
    }

    @Test("what is said of one message is heeded in the order in which it came, one word after the other")
    func line() async throws {
        try await withSent { clinic, _ async throws in
            for state in [Receipt.State.delivered, .sent, .failed] { try await clinic.keep(state) }
            let states = try await clinic.place.script(
                """
                SELECT payload ->> 'state' || ' ' || state FROM job WHERE kind = 'heed-receipt'
                ORDER BY place
                """)
            #expect(states.map { $0[0] } == ["delivered ready", "sent behind", "failed behind"])
        }
    }

    @Test("a receipt that is here before the gateway's own answer waits for it, and is given up in the end")
    func early() async throws {
        try await MessageClinic.with(usesInbox: true) { clinic in
            let job = try await clinic.keep(.delivered)
            let waits = try await clinic.heed(job, enqueuedAt: clinic.now)
            #expect(waits == .later(.seconds(3), because: "no message has that name yet"))
            let over = try await clinic.heed(job, enqueuedAt: clinic.now - .seconds(600))
            #expect(over == .drop(because: "no message has that name"))
        }
    }

    @Test("another gateway's name for a message is not this one's")
    func otherGateway() async throws {
        try await withSent { clinic, _ async throws in
            let receipt = try #require(Receipt(of: "g-1", .delivered))
            let job = HeedReceipt(receipt, from: "twilio")
            #expect(try await clinic.heed(job, enqueuedAt: clinic.now) != .done)
            #expect(try await clinic.states() == ["sms sent"])
        }
    }

    @Test("another clinic's message is not touched by a name that is the same")
    func otherClinic() async throws {
        try await withSent { clinic, _ async throws in
            try await clinic.place.script("UPDATE message SET tenant_id = (SELECT max(id) FROM tenant)")
            #expect(try await clinic.hear(.failed) != .done)
            #expect(try await clinic.place.script("SELECT state FROM message") == [["sent"]])
        }
    }
}

extension MessageClinic {
    var now: Instant { Self.now + .seconds(1) }

    /// A gateway says something of its message `g-1`.
    @discardableResult
    func keep(_ state: Receipt.State, because reason: String? = nil) async throws -> HeedReceipt {
        let receipt = try #require(Receipt(of: "g-1", state, because: reason))
        var report = GatewayReport()
        report.receipts = [receipt]
        try await clinic.write { [report] in
            try await ReceiptKeeper.keep(report, from: "gateway", at: Self.now, in: $0)
        }
        return HeedReceipt(receipt, from: "gateway")
    }

    /// The same, and what follows.
    func hear(_ state: Receipt.State, because reason: String? = nil) async throws -> JobOutcome {
        try await heed(keep(state, because: reason), enqueuedAt: now)
    }

    func heed(_ job: HeedReceipt, enqueuedAt: Instant) async throws -> JobOutcome {
        let now = now
        return try await ReceiptKeeper(clock: WallClock { now }).heed(job, in: clinic, enqueuedAt: enqueuedAt)
        {
            settlement in
            try await clinic.write { settlement.apply(in: $0) }
            return .done
        }
    }

    func jobs(_ kind: String) async throws -> Int {
        Int(try await place.script("SELECT count(*)::text FROM job WHERE kind = '\(kind)'")[0][0] ?? "") ?? -1
    }
}
