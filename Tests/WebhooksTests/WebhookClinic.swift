import Crypto
import Database
import EventLoop
import HTTP
import JSON
import JobQueue
import Outbox
import Outgoing
import Scheduling
import Telemetry
import TestKit
import Testing
import Vocabulary

@testable import Webhooks

/// Clinics with webhooks, and workers that deliver to servers of the test: at 127.0.0.2, which is opened.
struct WebhookClinic: Sendable {
    static let now = Instant(seconds: 1_799_046_000)
    let place: TestPlace
    let clinics: [TenantDatabase]
    let parts: WebhookParts
    let clock: WallClock

    var first: TenantDatabase { clinics[0] }

    static func with(_ body: @escaping @Sendable (WebhookClinic) async throws -> Void) async throws {
        try await TestDatabase.withPlace { place in
            let rows = try await place.script(
                """
                INSERT INTO tenant (public_id, slug, name) VALUES (gen_random_uuid(), 'one', 'One'),
                    (gen_random_uuid(), 'two', 'Two');
                SELECT id::text FROM tenant ORDER BY id
                """)
            let clinics = rows.compactMap { Int32($0[0] ?? "").map(TenantID.init(number:)) }
            let secret = try Secret(rawBytes: Array(repeating: 7, count: 32))
            let opened = try #require(AddressBlock("127.0.0.2"))
            try await body(
                WebhookClinic(
                    place: place, clinics: clinics.map { place.database.clinic($0) },
                    parts: WebhookParts(under: secret, opening: [opened]), clock: WallClock { now }))
        }
    }

    /// A webhook of the first clinic, or of another one.
    func webhook(
        to url: String, _ kinds: [WebhookEventKind] = [], of clinic: TenantDatabase? = nil
    ) async throws -> (id: ID<Webhook>, secret: WebhookSecret) {
        let clinic = clinic ?? first
        let (id, secret) = (ID<Webhook>.random(at: Self.now), WebhookSecret.random())
        let box = parts.seal.seal(secret, of: id, for: clinic.tenant)
        let made: [Webhook] = try await clinic.once(
            Webhook.insert(id, url: url, kinds: kinds, description: "", secret: box, in: clinic.tenant))
        #expect(made.count == 1)
        return (id, secret)
    }

    /// Something happens, and the relay hands it over; then the deliveries' ids are told.
    @discardableResult
    func happen(
        _ kind: WebhookEventKind = .appointmentBooked, to subject: ID<Appointment>, version: Int32 = 1,
        in clinic: TenantDatabase? = nil
    ) async throws -> RecordedEvent {
        let clinic = clinic ?? first
        let before = try await events(of: clinic).count
        try await clinic.write { transaction in
            switch kind {
            case .appointmentBooked:
                Outbox.record(Booked(subject: subject, version: version), in: transaction)
            default: Outbox.record(Cancelled(subject: subject, version: version), in: transaction)
            }
        }
        try await until { try await events(of: clinic).count > before }
        let event = try #require(try await events(of: clinic).last)
        try await clinic.write { try await WebhookFanOut().receive([event], in: $0) }
        return event
    }

    /// Other tests' transactions, in the same cluster, can hide an event for a moment.
    private func events(of clinic: TenantDatabase) async throws -> [RecordedEvent] {
        try await Outbox.after(.beginning, in: clinic)
    }

    /// Works until something holds.
    func work(until holds: () async throws -> Bool) async throws {
        let courier = Courier(parts.addresses, loops: place.loops)
        defer { courier.close() }
        var handlers = JobHandlers()
        WebhookSender(parts, by: courier, clock: clock).register(in: &handlers)
        place.database.start()
        let worker = Worker(
            WorkerParts(
                database: place.database, handlers: handlers, name: "test",
                log: Log(to: LogSink(style: .json, clock: clock, batchBytes: 0), from: .error),
                figures: JobFigures(Metrics()), clock: clock), on: place.loops[0])
        let run = Task(executorPreference: place.loops[0]) { await worker.run() }
        let outcome = await Result { try await until(holds) }
        await worker.stop()
        await run.value
        try outcome.get()
    }

    /// Waits until something holds; a test fails that waits in vain.
    func until(_ holds: () async throws -> Bool, at place: SourceLocation = #_sourceLocation) async throws {
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end {
            if try await holds() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("it did not come to pass", sourceLocation: place)
    }

    /// `delivered 1`, `waiting 1 redirect`: the log of a webhook, the oldest first.
    func log(of webhook: ID<Webhook>, in clinic: TenantDatabase? = nil) async throws -> [WebhookDelivery] {
        let clinic = clinic ?? first
        return try await clinic.rows(
            WebhookDelivery.page(of: webhook, before: nil, limit: 100, in: clinic.tenant)
        ).reversed()
    }

    func read(_ webhook: ID<Webhook>) async throws -> Webhook {
        try #require(await first.row(Webhook.withID(webhook, in: first.tenant)))
    }

    func count(_ sql: String) async throws -> Int {
        Int(try await place.script("SELECT count(*)::text FROM \(sql)")[0][0] ?? "") ?? -1
    }
}

private struct Booked: Event {
    static let kind = WebhookEventKind.appointmentBooked.rawValue
    let subject: ID<Appointment>
    let version: Int32
    func writePayload(to writer: inout JSONWriter) { writer.member("start", WebhookClinic.now) }
}

private struct Cancelled: Event {
    static let kind = WebhookEventKind.appointmentCancelled.rawValue
    let subject: ID<Appointment>
    let version: Int32
    func writePayload(to writer: inout JSONWriter) { writer.member("start", WebhookClinic.now) }
}

extension ScriptedServer {
    /// A receiver at the address that is opened, which answers each delivery in turn and then for ever like
    /// the last one.
    static func receiver(_ answers: String...) throws -> ScriptedServer {
        let scripts = answers.map { [Step.until("}}}"), .say("HTTP/1.1 \($0)¶¶")] }
        return try ScriptedServer(scripts: scripts, address: 0x7f00_0002)
    }

    var url: String { "http://127.0.0.2:\(port)/hook" }

    /// What a field of a request said.
    static func field(_ name: String, of request: String) -> String? {
        let line = request.split(separator: "\r\n").first { $0.lowercased().hasPrefix("\(name): ") }
        return line.map { String($0.dropFirst(name.count + 2)) }
    }

    static func body(of request: String) -> String {
        request.split(separator: "\r\n\r\n", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
    }
}
