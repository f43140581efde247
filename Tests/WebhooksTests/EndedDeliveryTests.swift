import Database
import JobQueue
import Scheduling
import TestKit
import Testing
import Vocabulary

@testable import Webhooks

@Suite("No delivery waits for ever", .timeLimit(.minutes(2)))
struct EndedDeliveryTests {
    private let subject = ID<Appointment>.random(at: WebhookClinic.now)

    @Test("a worker that died at the last attempt leaves it failed, with the reason, and asks nobody again")
    func interrupted() async throws {
        try await WebhookClinic.with { house in
            let server = try ScriptedServer.receiver("204 No Content")
            defer { server.stop() }
            let (webhook, _) = try await house.webhook(to: server.url)
            try await house.happen(to: subject)
            // As `recover` leaves the job of a worker that died at its eighteenth try.
            try await house.place.script("UPDATE job SET tries = \(DeliverWebhook.attempts)")
            try await house.work { try await house.count("job WHERE kind = 'deliver-webhook'") == 0 }
            #expect(server.conversations.isEmpty)
            let log = try await house.log(of: webhook)
            #expect(log.map(\.state) == [.failed])
            #expect(log.map(\.reason) == ["interrupted"])
            #expect(try await house.read(webhook).failingSince == WebhookClinic.now)
        }
    }

    @Test("the tries that a job has are more than the attempts of its delivery")
    func spare() {
        #expect(DeliverWebhook.retries.tries > DeliverWebhook.attempts)
    }

    @Test("a secret that was sealed under another key ends the delivery and says so")
    func unreadable() async throws {
        try await WebhookClinic.with { house in
            let (webhook, _) = try await house.webhook(to: "http://127.0.0.2:9/")
            try await house.happen(to: subject)
            try await house.place.script("UPDATE webhook SET sealed_secret = repeat('x', 60)::bytea")
            try await house.work { try await house.count("job WHERE kind = 'deliver-webhook'") == 0 }
            #expect(try await house.log(of: webhook).map(\.reason) == ["secret-unreadable"])
        }
    }

    @Test("what waits without a job is ended, and what has one goes on waiting", arguments: [true, false])
    func abandoned(_ isParked: Bool) async throws {
        try await WebhookClinic.with { house in
            let (webhook, _) = try await house.webhook(to: "http://127.0.0.2:9/")
            try await house.happen(to: subject)
            try await house.happen(to: .random(at: WebhookClinic.now))
            try await house.first.write { try await WebhookDelivery.abandonForgotten(in: $0) }
            #expect(try await house.log(of: webhook).map(\.state) == [.waiting, .waiting])
            let lost = "(SELECT min(id::text)::uuid FROM job WHERE kind = 'deliver-webhook')"
            try await house.place.script(
                isParked
                    ? "UPDATE job SET state = 'parked' WHERE id = \(lost)"
                    : "DELETE FROM job WHERE id = \(lost)")
            try await house.first.write { try await WebhookDelivery.abandonForgotten(in: $0) }
            let states = try await house.log(of: webhook).map(\.state)
            #expect(states.sorted { $0.rawValue < $1.rawValue } == [.failed, .waiting])
            #expect(try await house.log(of: webhook).compactMap(\.reason) == ["abandoned"])
        }
    }
}
