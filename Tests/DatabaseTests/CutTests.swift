import Database
import EventLoop
import TestKit
import Testing
import Vocabulary

/// What an administrator who ends connections, and a server that does so by itself, may do to requests.
@Suite struct CutTests {
    /// Ends every connection of the program, the listening one too.
    private static func cutAll(_ place: TestPlace, where condition: String = "true") async throws {
        try await place.script(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = '\(place.name)' AND usename = 'nadi_app' AND \(condition)
            """)
    }

    /// Writes that await nothing, or somebody's answer; chairs from `first` on, one a call.
    private static func work(_ clinic: TenantDatabase, on first: Int, until end: ContinuousClock.Instant)
        async throws -> Tally
    {
        var (tally, chair) = (Tally(), first)
        while ContinuousClock.now < end {
            chair += 4
            let (id, tenant) = (chair, clinic.tenant)
            let line: SQL = "INSERT INTO chair (tenant_id, id) VALUES (\(tenant), \(id))"
            let read: SQL = "SELECT count(*) FROM chair WHERE id < 101"
            #expect(try await clinic.row(read, as: Int.self) == 100)
            #expect(try await clinic.rows(read, as: Int.self, recording: line) == [100])
            #expect(
                try await clinic.once("INSERT INTO chair (tenant_id, id) VALUES (\(tenant), \(id + 1))") == 1)
            tally.certain += [id, id + 1]
            do {
                try await clinic.write { transaction in
                    #expect(try await transaction.row(read, as: Int.self) == 100)
                    try await transaction.run(
                        "INSERT INTO chair (tenant_id, id) VALUES (\(tenant), \(id + 2))")
                }
                tally.certain.append(id + 2)
            } catch DatabaseError.commitUnknown {
                tally.unknown.append(id + 2)
            } catch { throw error }
        }
        return tally
    }

    private struct Tally {
        var (certain, unknown): ([Int], [Int]) = ([], [])
    }

    @Test("while connections are cut all the time, requests are answered, and nothing is lost or doubled")
    func underLoad() async throws {
        try await Clinic.with(loops: 2) { place, clinic async throws in
            let end = ContinuousClock.now + .seconds(2)
            let workers = (0..<16).map { number in
                Task(executorPreference: place.loops[number % 2]) {
                    try await Self.work(clinic, on: 100_000 * (number + 1), until: end)
                }
            }
            var cuts = 0
            while ContinuousClock.now < end {
                try await Self.cutAll(place)
                cuts += 1
                try await place.loops[0].sleep(for: .milliseconds(40))
            }
            var tally = Tally()
            for worker in workers {
                let part = try await worker.value
                tally.certain += part.certain
                tally.unknown += part.unknown
            }
            let rows = try await place.script("SELECT id::text FROM chair WHERE id > 100 AND tenant_id = 1")
            let there = Set(rows.compactMap { $0[0].flatMap { Int($0) } })
            #expect(there.isSuperset(of: tally.certain), "what was acknowledged is there")
            #expect(there.subtracting(tally.certain).isSubset(of: tally.unknown), "and nothing else")
            #expect(cuts > 3 && tally.certain.count > 100, "\(cuts) cuts amid \(tally.certain.count) writes")
            #expect(tally.unknown.count < tally.certain.count / 10, "\(tally.unknown.count) unknown")
        }
    }

    @Test("cut all at once, the listening connection too, the next requests go on as if nothing had happened")
    func allAtOnce() async throws {
        try await Clinic.with { place, clinic async throws in
            let database = place.database { _ in }
            defer { database.close() }
            let (clinic, loop) = (database.clinic(clinic.tenant), place.loops[0])
            database.start()
            try await waitUntil(loop) { database.isReachable }
            for round in 0..<10 {
                try await Self.cutAll(place)
                for number in 0..<4 {
                    let id = 1000 + 10 * round + number
                    #expect(
                        try await clinic.row("SELECT count(*) FROM chair WHERE id < 101", as: Int.self) == 100
                    )
                    let line: SQL = "INSERT INTO chair (tenant_id, id) VALUES (1, \(id))"
                    #expect(try await clinic.once(line) == 1)
                    #expect(database.isReachable)
                }
            }
        }
    }

    @Test("a transaction cut before its commit is run again on another connection")
    func againOnAnother() async throws {
        try await Clinic.with { place, clinic async throws in
            var runs = 0
            try await clinic.write { transaction in
                runs += 1
                try await transaction.run("UPDATE chair SET label = label || '+'")
                if runs < 3 { try await Self.cutAll(place, where: "state = 'idle in transaction'") }
                try await transaction.run("UPDATE chair SET label = label || '-'")
            }
            #expect(runs == 3)
            #expect(
                try await clinic.row("SELECT label FROM chair WHERE id = 1", as: String.self) == "chair 1+-")
        }
    }

    @Test("a transaction that is cut whenever it is run is given up, with nothing changed")
    func givenUp() async throws {
        try await Clinic.with { place, clinic async throws in
            var runs = 0
            await #expect(throws: DatabaseError.unavailable(retryAfter: .seconds(1))) {
                try await clinic.write { transaction in
                    runs += 1
                    try await transaction.run("DELETE FROM chair")
                    try await Self.cutAll(place, where: "state = 'idle in transaction'")
                    try await transaction.run("DELETE FROM chair")
                }
            }
            #expect((2...8).contains(runs))
            #expect(try await clinic.once("UPDATE chair SET label = 'here'") == 100)
        }
    }

    @Test("a transaction that copied is not run again: what it read may be gone")
    func copiesOnce() async throws {
        try await Clinic.with { place, clinic async throws in
            try await place.script("CREATE TABLE line (number int); GRANT ALL ON line TO nadi_app")
            var (runs, chunks) = (0, 0)
            await #expect(throws: DatabaseError.unavailable(retryAfter: .seconds(1))) {
                try await clinic.write { transaction in
                    runs += 1
                    try await transaction.copyIn("COPY line FROM STDIN") {
                        chunks += 1
                        return chunks == 1 ? Array("1\n2\n".utf8) : nil
                    }
                    try await Self.cutAll(place, where: "state = 'idle in transaction'")
                    try await transaction.run("SELECT 1")
                }
            }
            #expect(runs == 1)
            #expect(try await place.script("SELECT count(*)::text FROM line") == [["0"]])
        }
    }

    @Test("a report whose connection is cut is read again on another")
    func slowRead() async throws {
        try await Clinic.with { place, clinic async throws in
            let report = try await Self.cutDuring(place) {
                try await clinic.row(
                    "SELECT 7 FROM dawdling, pg_sleep(seconds)", as: Int.self, pace: .slow)
            }
            #expect(report == 7)
        }
    }

    @Test("a shared commit that is cut before its end is made again, and leaves each line once")
    func sharedCommit() async throws {
        try await Clinic.with { place, clinic async throws in
            @Sendable func read(_ sql: SQL, _ line: Int) async throws -> [Int] {
                try await clinic.rows(
                    sql, recording: "INSERT INTO chair (tenant_id, id) VALUES (1, \(line))")
            }
            // The first opens the connection, so that the others leave together; the last of them dawdles.
            #expect(try await read("SELECT 1", 200) == [1])
            let answers = try await Self.cutDuring(place) {
                async let one = read("SELECT count(*) FROM chair WHERE id < 101", 201)
                async let other = read("SELECT 2", 202)
                async let slow = read("SELECT 3 FROM dawdling, pg_sleep(seconds)", 203)
                return try await [one, other, slow]
            }
            #expect(answers == [[100], [2], [3]])
            let lines = try await place.script("SELECT id::text FROM chair WHERE id > 200 ORDER BY id")
            #expect(lines == [["201"], ["202"], ["203"]])
        }
    }

    /// Runs `body`, which dawdles in the server, and cuts it; from then on nothing dawdles.
    private static func cutDuring<Value: Sendable>(
        _ place: TestPlace, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await place.script(
            """
            CREATE TABLE dawdling AS SELECT 20.0::float8 AS seconds;
            GRANT SELECT ON dawdling TO nadi_app
            """)
        let task = Task(executorPreference: place.loops[0]) { try await body() }
        try await waitUntil(place.loops[0]) {
            try await place.script(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE wait_event = 'PgSleep' AND datname = '\(place.name)'
                """
            ) == [["1"]]
        }
        try await place.script("UPDATE dawdling SET seconds = 0")
        try await cutAll(place, where: "wait_event = 'PgSleep'")
        return try await task.value
    }
}
