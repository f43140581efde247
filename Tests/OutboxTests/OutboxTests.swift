import Database
import JSON
import Outbox
import TestKit
import Testing
import Vocabulary

private enum Chair: Identified { static let idPrefix: StaticString = "chr" }

/// Something happened to a chair.
private struct ChairMoved: Event {
    static let kind = "chair.moved"
    let subject: ID<Chair>
    let version: Int32

    func writePayload(to writer: inout JSONWriter) { writer.member("chair", subject.text) }
}

@Suite struct OutboxTests {
    /// Two clinics, and a chair.
    private func withClinics(
        _ body: @escaping @Sendable (TestPlace, TenantDatabase, TenantDatabase) async throws -> Void
    ) async throws {
        try await TestDatabase.withPlace { place in
            let rows = try await place.script(
                """
                INSERT INTO tenant (public_id, slug, name)
                SELECT gen_random_uuid(), 'clinic-' || n, 'Clinic' FROM generate_series(1, 2) n;
                SELECT id::text FROM tenant ORDER BY id
                """)
            let clinics = rows.compactMap { Int32($0[0] ?? "").map(TenantID.init(number:)) }
            try await body(place, place.database.clinic(clinics[0]), place.database.clinic(clinics[1]))
        }
    }

    private let chair = ID<Chair>(UniqueID(high: 1, low: 2))

    private func move(_ clinic: TenantDatabase, version: Int32) async throws {
        let event = ChairMoved(subject: chair, version: version)
        try await clinic.write { Outbox.record(event, in: $0) }
    }

    /// Reads until so many have come: writers of any database of the cluster hold the order back a little.
    private func read(
        _ count: Int, _ read: () async throws -> [RecordedEvent]
    ) async throws -> [RecordedEvent] {
        for _ in 1...2000 {
            let events = try await read()
            if events.count >= count { return events }
            try await Task.sleep(for: .milliseconds(5))
        }
        return []
    }

    @Test("a clinic reads on from where it stopped, and only its own")
    func resume() async throws {
        try await withClinics { _, one, other in
            for version in 1...3 { try await move(one, version: Int32(version)) }
            try await move(other, version: 9)
            let first = try await read(2) { try await Outbox.after(.beginning, in: one, limit: 2) }
            #expect(first.map(\.version) == [1, 2])
            #expect(first.map(\.kind) == ["chair.moved", "chair.moved"])
            let last = try #require(first.last)
            let rest = try await read(1) { try await Outbox.after(last.position, in: one) }
            #expect(rest.map(\.version) == [3])
            #expect(last.subject == chair.unique)
            #expect(last.tenant == one.tenant)
        }
    }

    @Test("an event that commits late is read when it comes, and none is read past it")
    func lateCommit() async throws {
        try await withClinics { place, one, _ in
            let start = try await Outbox.now(in: place.database)
            try await one.write { slow in
                Outbox.record(ChairMoved(subject: chair, version: 1), in: slow)
                _ = try await slow.run("SELECT 1")
                try await move(one, version: 2)
                // The later one is committed; reading it now would be reading past the earlier one.
                #expect(try await Outbox.after(start, in: one).isEmpty)
            }
            let all = try await read(2) { try await Outbox.after(start, in: one) }
            #expect(all.map(\.version) == [1, 2])
        }
    }

    @Test("a relay reads each clinic from its own position")
    func relay() async throws {
        try await withClinics { place, one, other in
            for version in 1...2 {
                try await move(one, version: Int32(version))
                try await move(other, version: Int32(10 + version))
            }
            let first = try await read(1) { try await Outbox.after(.beginning, in: one, limit: 1) }
            let rest = try await read(3) {
                try await Outbox.after(
                    [one.tenant: first[0].position, other.tenant: .beginning], in: place.database)
            }
            #expect(rest.filter { $0.tenant == one.tenant }.map(\.version) == [2])
            #expect(rest.filter { $0.tenant == other.tenant }.map(\.version) == [11, 12])
        }
    }

    @Test("whoever listens is told after the commit, once for many events")
    func announcement() async throws {
        try await withClinics { place, one, other in
            place.database.start()
            var notices = place.database.notifications.subscribe(to: Outbox.channel).makeAsyncIterator()
            #expect(await notices.next() == .reread)
            for version in 1...5 { try await move(one, version: Int32(version)) }
            try await move(other, version: 1)
            var told: Set<Substring> = []
            while told.count < 2, case .payload(let text)? = await notices.next() {
                told.formUnion(text.split(separator: ","))
            }
            #expect(told == ["\(one.tenant.number)", "\(other.tenant.number)"])
        }
    }

    @Test("events are forgotten once they are old and read; unread ones are kept far longer, and counted")
    func forgotten() async throws {
        try await withClinics { place, clinic, other in
            for version in 1...4 { try await move(clinic, version: Int32(version)) }
            try await move(other, version: 1)
            let events = try await read(4) { try await Outbox.after(.beginning, in: clinic) }
            let day = Duration.seconds(86_400), mark = try #require(events.dropFirst().first).position
            for (ages, read, unread, left) in [
                ([40, 10, 9, 1], 2, 0, [3, 4]), ([0, 0, 31, 29], 0, 1, [4]),
            ] {
                for (version, age) in zip(1...4, ages) {
                    try await place.script(
                        """
                        UPDATE outbox SET at = now() - interval '1 day' * \(age)
                        WHERE tenant_id = \(clinic.tenant.number) AND subject_version = \(version)
                        """)
                }
                let gone = try await clinic.write {
                    try await Outbox.forget(
                        olderThan: day * 7, readUpTo: mark, unreadOlderThan: day * 30, in: $0)
                }
                #expect(gone.read == read && gone.unread == unread, "\(gone)")
                #expect(try await Outbox.after(.beginning, in: clinic).map { Int($0.version) } == left)
            }
            #expect(try await Outbox.after(.beginning, in: other).count == 1)
        }
    }

    @Test(
        "a position is read back as it was written, and nothing else is",
        arguments: ["", "7", "-1-2", "7-", "7--1", "7-1-2", "+7-1", "7-a", "99999999999999999999-1"])
    func positionText(_ wrong: String) {
        let position = OutboxPosition(transaction: 7431, sequence: 1029)
        #expect(OutboxPosition(text: position.text) == position)
        #expect(OutboxPosition(text: wrong) == nil)
    }
}
