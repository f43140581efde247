import JobQueue
import TestKit
import Testing
import Vocabulary

@testable import Webhooks

@Suite("A receiver that asks to be left alone")
struct RetryAfterTests {
    private static let now = Instant(seconds: 1_799_046_000)

    @Test(
        "says for how long in seconds or by a date; at most four hours, and nothing for what cannot be read",
        arguments: [
            ("0", 0), ("7", 7), ("14400", 14_400), ("14401", 14_400), ("99999999999999999999", 14_400),
            ("Mon, 04 Jan 2027 07:01:00 GMT", 60), ("Mon, 04 Jan 2027 06:59:00 GMT", 0),
            ("Tue, 05 Jan 2027 07:00:00 GMT", 14_400), ("-7", 0), ("7.5", 0), ("soon", 0), ("", 0),
            ("Mon, 32 Jan 2027 07:01:00 GMT", 0), ("Mon, 04 Jan 2027 07:61:00 GMT", 0),
        ])
    func rest(_ field: String, _ seconds: Int) {
        #expect(RetryAfter.rest(field, at: Self.now) == .seconds(seconds))
    }

    @Test("nothing is asked for without the field")
    func silence() {
        #expect(RetryAfter.rest(nil, at: Self.now) == .zero)
        #expect(DeliveryAttempt(at: Self.now, answered: 503, [], retryAfter: "60").restMin == .seconds(60))
    }

    @Test("is not asked again before")
    func honoured() async throws {
        try await WebhookClinic.with { house in
            let server = try ScriptedServer.receiver("503 Not Now¶Retry-After: 3600")
            defer { server.stop() }
            let (webhook, _) = try await house.webhook(to: server.url)
            try await house.happen(to: .random(at: WebhookClinic.now))
            try await house.work { try await house.count("job WHERE state = 'later'") == 1 }
            #expect(try await house.log(of: webhook).map(\.tries) == [1])
            #expect(try await house.count("job WHERE run_at > now() + interval '59 minutes'") == 1)
            #expect(try await house.count("job WHERE run_at > now() + interval '61 minutes'") == 0)
        }
    }
}
