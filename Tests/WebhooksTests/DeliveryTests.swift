import Database
import JobQueue
import Outbox
import Scheduling
import TestKit
import Testing
import Vocabulary

@testable import Webhooks

@Suite("Deliveries", .timeLimit(.minutes(2)))
struct DeliveryTests {
    private static let nothing = "204 No Content"
    private let subject = ID<Appointment>.random(at: WebhookClinic.now)

    @Test("an event arrives once at each webhook that wants it, signed, with ids and times alone")
    func arrives() async throws {
        try await WebhookClinic.with { house in
            let (server, other) = (
                try ScriptedServer.receiver(Self.nothing), try ScriptedServer.receiver(Self.nothing)
            )
            defer {
                server.stop()
                other.stop()
            }
            let (webhook, secret) = try await house.webhook(to: server.url)
            _ = try await house.webhook(to: other.url, [.appointmentCancelled])
            let event = try await house.happen(to: subject)
            // Handed over twice, as by a replay that crosses the relay, it is still one delivery.
            try await house.first.write { try await WebhookFanOut().receive([event], in: $0) }
            try await house.work { try await house.count("job WHERE kind = 'deliver-webhook'") == 0 }
            #expect(other.conversations.isEmpty)
            let heard = try #require(server.conversations.first)
            #expect(server.conversations.count == 1)
            let body = ScriptedServer.body(of: heard)
            let id = WebhookDelivery.id(of: event, to: webhook)
            let name = house.parts.names.name(of: event.position, in: event.tenant).text
            #expect(ScriptedServer.field("webhook-id", of: heard) == id.text)
            let time = try #require(ScriptedServer.field("webhook-timestamp", of: heard).flatMap(Int64.init))
            let signature = secret.signature(of: Array(body.utf8), id: id.text, at: Instant(seconds: time))
            #expect(ScriptedServer.field("webhook-signature", of: heard) == signature)
            #expect(
                body == """
                    {"type":"appointment.booked","timestamp":"\(event.at.text)","data":{"event":\
                    "\(name)","appointment":"\(subject.text)","version":1,"facts":{"start": \
                    "\(WebhookClinic.now.text)"}}}
                    """)
            let log = try await house.log(of: webhook)
            #expect(log.map(\.state) == [.delivered])
            #expect(log.map(\.answerCode) == [204])
        }
    }

    @Test("while a secret is being replaced both sign, a day later the new one alone")
    func rotated() async throws {
        try await WebhookClinic.with { house in
            let server = try ScriptedServer.receiver(Self.nothing)
            defer { server.stop() }
            let (webhook, before) = try await house.webhook(to: server.url)
            let after = WebhookSecret.random(), tenant = house.first.tenant
            let box = house.parts.seal.seal(after, of: webhook, for: tenant)
            for (turn, end) in [WebhookClinic.now + .seconds(1), WebhookClinic.now].enumerated() {
                if turn == 0 {
                    try await house.first.once(Webhook.rotate(webhook, to: box, until: end, in: tenant))
                } else {
                    try await house.place.script("UPDATE webhook SET before_until = '\(end.text)'")
                }
                try await house.happen(to: subject)
                try await house.work { server.conversations.count == turn + 1 }
            }
            let signatures = server.conversations.map { heard in
                let id = ScriptedServer.field("webhook-id", of: heard) ?? ""
                return [after, before].map {
                    $0.signature(
                        of: Array(ScriptedServer.body(of: heard).utf8), id: id, at: WebhookClinic.now)
                }
            }
            let told = server.conversations.map { ScriptedServer.field("webhook-signature", of: $0) }
            #expect(told == [signatures[0].joined(separator: " "), signatures[1][0]])
        }
    }

    @Test("what fails is tried again, and nothing about the same subject overtakes it")
    func order() async throws {
        try await WebhookClinic.with { house in
            let server = try ScriptedServer.receiver("503 Not Now", Self.nothing)
            defer { server.stop() }
            let (webhook, _) = try await house.webhook(to: server.url)
            let booked = try await house.happen(to: subject)
            try await house.happen(.appointmentCancelled, to: subject, version: 2)
            try await house.work { try await house.log(of: webhook).map(\.tries) == [1, 0] }
            #expect(try await house.read(webhook).failingSince == WebhookClinic.now)
            #expect(try await house.log(of: webhook).map(\.reason) == ["refused", nil])
            try await house.work {
                try await house.log(of: webhook).map(\.state) == [.delivered, .delivered]
            }
            let ids = server.conversations.map { ScriptedServer.field("webhook-id", of: $0) }
            let first = WebhookDelivery.id(of: booked, to: webhook).text
            #expect(ids.prefix(2) == [first, first])
            #expect(ids.count == 3)
            #expect(ids.last != first)
            #expect(try await house.read(webhook).failingSince == nil)
        }
    }

    @Test("a redirect is not followed")
    func redirect() async throws {
        try await WebhookClinic.with { house in
            let inside = try ScriptedServer.receiver(Self.nothing)
            defer { inside.stop() }
            let server = try ScriptedServer.receiver("302 Found¶Location: \(inside.url)")
            defer { server.stop() }
            let (webhook, _) = try await house.webhook(to: server.url)
            try await house.happen(to: subject)
            try await house.work { try await house.log(of: webhook).map(\.tries) == [1] }
            #expect(inside.conversations.isEmpty)
            #expect(try await house.log(of: webhook).map(\.reason) == ["redirect"])
        }
    }

    @Test(
        "a receiver that is gone, or fails for a day, is told no more: with an event and a line of audit",
        arguments: [("410 Gone", DisabledReason.gone), ("500 Oh", .failing)])
    func disabled(_ answer: String, _ reason: DisabledReason) async throws {
        try await WebhookClinic.with { house in
            let server = try ScriptedServer.receiver(answer)
            defer { server.stop() }
            let (webhook, _) = try await house.webhook(to: server.url)
            if reason == .failing {
                let day = WebhookClinic.now - .seconds(86_400)
                try await house.place.script("UPDATE webhook SET failing_since = '\(day.text)'")
            }
            try await house.happen(to: subject)
            try await house.happen(.appointmentCancelled, to: subject, version: 2)
            try await house.work { try await house.count("job WHERE kind = 'deliver-webhook'") == 0 }
            #expect(server.conversations.count == 1)
            #expect(try await house.read(webhook).state == .disabled)
            #expect(try await house.read(webhook).disabledReason == reason)
            #expect(try await house.log(of: webhook).map(\.state) == [.failed, .dropped])
            #expect(try await house.count("outbox WHERE kind = 'webhook.disabled'") == 1)
            let line = "audit_event WHERE caller_kind = 'system' AND subject_id = '\(webhook.unique)'"
            #expect(try await house.count(line) == 1)
        }
    }

    @Test("a replay tells again what is over, under the same id, and nothing that still waits twice")
    func replay() async throws {
        try await WebhookClinic.with { house in
            let server = try ScriptedServer.receiver(Self.nothing)
            defer { server.stop() }
            let (webhook, _) = try await house.webhook(to: server.url)
            let first = try await house.happen(to: subject)
            let second = try await house.happen(.appointmentCancelled, to: subject, version: 2)
            try await house.work { server.conversations.count == 2 }
            for _ in 1...2 {
                try await house.first.write { transaction in
                    let job = ReplayEvents(
                        to: webhook, from: second.position, askedAt: WebhookClinic.now + .seconds(1))
                    JobQueue.enqueue(job, key: job.key, in: transaction)
                }
            }
            try await house.work { try await house.count("job WHERE kind <> 'forget-deliveries'") == 0 }
            let ids = server.conversations.map { ScriptedServer.field("webhook-id", of: $0) }
            let wanted = [first, second, second].map { WebhookDelivery.id(of: $0, to: webhook).text }
            #expect(ids == wanted)
        }
    }

    @Test("a replay does not tell again what was told since it was asked for")
    func toldSince() async throws {
        try await WebhookClinic.with { house in
            let server = try ScriptedServer.receiver(Self.nothing)
            defer { server.stop() }
            let (webhook, _) = try await house.webhook(to: server.url)
            let event = try await house.happen(to: subject)
            try await house.work { try await house.log(of: webhook).map(\.state) == [.delivered] }
            try await house.first.write { transaction in
                let job = ReplayEvents(to: webhook, from: event.position, askedAt: WebhookClinic.now)
                JobQueue.enqueue(job, key: job.key, in: transaction)
            }
            try await house.work { try await house.count("job WHERE kind <> 'forget-deliveries'") == 0 }
            #expect(server.conversations.count == 1)
        }
    }

    @Test("a replay goes on page by page, each a job of its own that begins where the last ended")
    func pages() async throws {
        try await WebhookClinic.with { house in
            let server = try ScriptedServer.receiver(Self.nothing)
            defer { server.stop() }
            let (webhook, _) = try await house.webhook(to: server.url, [.appointmentBooked])
            let first = try await house.happen(to: subject)
            try await house.place.script(
                """
                SELECT set_config('app.tenant_id', '\(house.first.tenant.number)', false);
                INSERT INTO outbox (tenant_id, kind, subject_id, subject_version, payload)
                SELECT \(house.first.tenant.number), 'appointment.cancelled', gen_random_uuid(), 1, '{}'
                FROM generate_series(1, 450)
                """)
            // Other tests' transactions, in the same cluster, can hide them for a moment.
            try await house.until { try await Outbox.after(.beginning, in: house.first).count == 451 }
            let last = try await house.happen(to: subject, version: 2)
            try await house.work { server.conversations.count == 2 }
            let job = ReplayEvents(
                to: webhook, from: .beginning, askedAt: WebhookClinic.now + .seconds(1))
            try await house.first.write { JobQueue.enqueue(job, key: job.key, in: $0) }
            try await house.work { try await house.count("job WHERE kind <> 'forget-deliveries'") == 0 }
            let ids = server.conversations.map { ScriptedServer.field("webhook-id", of: $0) }
            let told = [first, last].map { WebhookDelivery.id(of: $0, to: webhook).text }
            #expect(ids == told + told)
            let done = try await house.place.script(
                "SELECT sum(jobs)::text FROM job_count WHERE kind = 'replay-events' AND outcome = 'done'")
            #expect(done == [["4"]])
        }
    }

    @Test("the clinic next door is told nothing, and sees no line")
    func stranger() async throws {
        try await WebhookClinic.with { house in
            let server = try ScriptedServer.receiver(Self.nothing)
            defer { server.stop() }
            let (webhook, _) = try await house.webhook(to: server.url)
            try await house.happen(to: subject, in: house.clinics[1])
            try await house.happen(to: subject)
            try await house.work { try await house.count("job WHERE kind = 'deliver-webhook'") == 0 }
            #expect(server.conversations.count == 1)
            #expect(try await house.log(of: webhook, in: house.clinics[1]).isEmpty)
        }
    }

    @Test("what an address of this machine resolves to is not connected to, whatever the row says")
    func guarded() async throws {
        try await WebhookClinic.with { house in
            let inside = try ScriptedServer([.until("}}}"), .say("HTTP/1.1 204 No¶¶")])
            defer { inside.stop() }
            let (webhook, _) = try await house.webhook(to: "http://localhost:\(inside.port)/")
            try await house.happen(to: subject)
            try await house.work { try await house.log(of: webhook).map(\.tries) == [1] }
            #expect(inside.conversations.isEmpty)
            #expect(try await house.log(of: webhook).map(\.reason) == ["refusedAddress"])
        }
    }
}
