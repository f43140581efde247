import Database
import EndpointKit
import HTTP
import Outbox
import TestKit
import Testing
import Vocabulary

@testable import Access

@Suite("Signs of attacks: gathered, bounded, written once for each day, kind and origin")
struct SuspicionBookTests {
    private let clinic = TenantID(number: 1)
    private let now = Instant(seconds: 1_800_000_000)

    private func address(_ number: Int) -> IPAddress {
        IPAddress("203.0.\(number / 250).\(1 + number % 250)") ?? .loopback
    }

    private func patterns(of book: SuspicionBook, at now: Instant) -> [SecurityEvent.Kind: [SecurityEvent]] {
        Dictionary(grouping: book.takePatterns(at: now)[clinic] ?? [], by: \.kind)
    }

    @Test("failed sign-ins as five people from one address are a pattern, as four or as one they are none")
    func manyIdentifiers() {
        let book = SuspicionBook()
        for number in 0..<4 {
            for _ in 0..<50 {
                let sign = Suspicion(.failedSignIn, identifier: "person \(number)")
                book.note(sign, from: address(1), at: clinic, now: now)
            }
        }
        #expect(patterns(of: book, at: now).isEmpty)
        book.note(Suspicion(.failedSignIn, identifier: "person 4"), from: address(1), at: clinic, now: now)
        let seen = patterns(of: book, at: now)
        #expect(seen.keys.map(\.rawValue) == ["many_identifiers"])
        #expect(seen[.manyIdentifiers]?.first?.count == 201)
        #expect(seen[.manyIdentifiers]?.first?.address == address(1))
        #expect(patterns(of: book, at: now).isEmpty, "what was taken is not taken again")
    }

    @Test("failed sign-ins as one person from five addresses are a severe pattern that names the person")
    func manyAddresses() {
        let book = SuspicionBook(), person = UniqueID(high: 7, low: 7)
        let sign = Suspicion(.failedSignIn, identifier: "asha", person: person)
        for number in 0..<4 { book.note(sign, from: address(number), at: clinic, now: now) }
        #expect(patterns(of: book, at: now).isEmpty)
        book.note(sign, from: address(4), at: clinic, now: now)
        let seen = patterns(of: book, at: now)[.manyAddresses]?.first
        #expect(seen?.person == person && seen?.address == nil && seen?.count == 5)
        #expect(SecurityEvent.Kind.manyAddresses.isSevere)
    }

    @Test(
        "one sign of some kinds suffices, of others it takes several",
        arguments: [
            (Suspicion.Sign.reusedRefreshToken, SecurityEvent.Kind.refreshReuse, 1),
            (.foreignToken, .foreignToken, 1), (.failedStepUp, .stepUpFailures, 3),
            (.foreignNetwork, .keyNetwork, 1),
        ])
    func thresholds(sign: Suspicion.Sign, kind: SecurityEvent.Kind, count: Int) {
        let book = SuspicionBook(), suspicion = Suspicion(sign, person: UniqueID(high: 7, low: 7))
        for _ in 1..<max(count, 1) { book.note(suspicion, from: address(1), at: clinic, now: now) }
        #expect(patterns(of: book, at: now).isEmpty)
        book.note(suspicion, from: address(1), at: clinic, now: now)
        #expect(patterns(of: book, at: now)[kind]?.first?.count == count)
    }

    @Test("twenty ids under which nothing is are a pattern, one that is asked for again and again is none")
    func enumeration() {
        let book = SuspicionBook()
        for _ in 0..<500 {
            book.note(
                Suspicion(.unknownID, identifier: "/v1/patients/x"), from: address(1), at: clinic, now: now)
        }
        #expect(patterns(of: book, at: now).isEmpty)
        for number in 0..<19 {
            let sign = Suspicion(.unknownID, identifier: "/v1/patients/\(number)")
            book.note(sign, from: address(1), at: clinic, now: now)
        }
        #expect(patterns(of: book, at: now)[.enumeration]?.count == 1)
    }

    @Test("signs that lie more than a quarter of an hour apart do not add up, and other clinics' never do")
    func window() {
        let book = SuspicionBook()
        for number in 0..<10 {
            let sign = Suspicion(.failedSignIn, identifier: "person \(number)")
            book.note(sign, from: address(1), at: clinic, now: now + .seconds(901 * number))
            book.note(sign, from: address(2), at: TenantID(number: Int32(10 + number)), now: now)
        }
        #expect(book.takePatterns(at: now).isEmpty)
    }

    @Test("a flood grows neither the book nor what a clinic is given at a time, and loses no count")
    func flood() {
        let book = SuspicionBook(), floods = 3 * SuspicionBook.placesMax
        for number in 0..<floods {
            let home = IPAddress("2001:db8:\(String(number, radix: 16))::1") ?? .loopback
            book.note(Suspicion(.foreignToken), from: home, at: clinic, now: now)
        }
        let events = book.takePatterns(at: now)[clinic] ?? []
        #expect(events.count == SuspicionBook.rowsMax + 1)
        #expect(events.map(\.count).reduce(0, +) == floods)
    }
}

@Suite("Security events in the database", .timeLimit(.minutes(1)))
struct SecurityEventRowTests {
    private let now = Instant(seconds: 1_800_000_000)
    private let clinic = TenantID(number: 1)

    private func run(_ body: @escaping @Sendable (TestPlace) async throws -> Void) async throws {
        try await TestDatabase.withPlace { place in
            try await place.script(
                """
                INSERT INTO tenant (id, public_id, slug, name) OVERRIDING SYSTEM VALUE
                VALUES (1, gen_random_uuid(), 'sunrise', 'Sunrise')
                """)
            try await body(place)
        }
    }

    @Test("what is seen again the same day is counted, and told to the clinic once in an hour")
    func counted() async throws {
        try await run { [clinic, now] place in
            let book = SuspicionBook(), person = UniqueID(high: 7, low: 7)
            let home = IPAddress("203.0.113.7") ?? .loopback
            for round in 0..<3 {
                let moment = now + .seconds(60 * round)
                book.note(
                    Suspicion(.reusedRefreshToken, person: person), from: home, at: clinic, now: moment)
                book.note(Suspicion(.foreignToken), from: home, at: clinic, now: moment)
                try await book.settle(in: place.database, at: moment)
            }
            let rows = try await place.script(
                """
                SELECT kind, is_severe::text, address, count::text, (alerted_at IS NOT NULL)::text
                FROM security_event ORDER BY kind
                """)
            #expect(
                rows == [
                    ["foreign_token", "false", "203.0.113.7", "3", "false"],
                    ["refresh_reuse", "true", "203.0.113.7", "3", "true"],
                ])
            let told = try await place.script(
                "SELECT payload::text FROM outbox WHERE kind = 'security.noticed'")
            #expect(told == [[#"{"pattern": "refresh_reuse"}"#]])
        }
    }

    @Test("a clinic gets a thousand rows a day at most")
    func bounded() async throws {
        try await run { [clinic, now] place in
            try await place.script(
                """
                SET app.tenant_id = 1;
                INSERT INTO security_event (tenant_id, id, kind, is_severe, day, address, count, first_at, last_at)
                SELECT 1, gen_random_uuid(), 'foreign_token', false, '2027-01-15', 'a' || n, 1, to_timestamp(1800000000),
                    to_timestamp(1800000000) FROM generate_series(1, 999) n
                """)
            let book = SuspicionBook()
            for number in 0..<40 {
                let home = IPAddress("198.51.100.\(1 + number)") ?? .loopback
                book.note(Suspicion(.foreignToken), from: home, at: clinic, now: now)
            }
            try await book.settle(in: place.database, at: now)
            #expect(try await place.script("SELECT FROM security_event").count == SecurityEvent.rowsADay)
        }
    }
}
