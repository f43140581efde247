import Database
import EventLoop
import TestKit
import Testing
import Vocabulary

@Suite struct ReadTests {
    @Test("a read sees its own clinic's rows and no other's")
    func ownRows() async throws {
        try await Clinic.with { _, clinic async throws in
            #expect(try await clinic.rows("SELECT DISTINCT label FROM chair", as: String.self) == ["chair 1"])
            #expect(try await clinic.row("SELECT count(*) FROM chair", as: Int.self) == 100)
            #expect(try await clinic.row("SELECT id FROM chair WHERE tenant_id = 2", as: Int.self) == nil)
        }
    }

    @Test("a read without a tenant is an error, not an empty answer")
    func withoutTenant() async throws {
        try await Clinic.with { place, clinic async throws in
            // The second time in the same turn as a clinic's read, so that both may share a transaction.
            for _ in 0..<2 {
                let task = Task(executorPreference: place.loops[0]) {
                    try await place.database.platformRows("SELECT id FROM chair", as: Int.self)
                }
                #expect(try await clinic.rows("SELECT id FROM chair", as: Int.self).count == 100)
                await #expect(throws: DatabaseError.self) { try await task.value }
            }
        }
    }

    @Test("a refused read does not touch its neighbours in the same write")
    func isolation() async throws {
        try await Clinic.with { place, _ async throws in
            let outcomes = await withTaskGroup(of: (Int, Result<Int?, any Error>).self) { group in
                for number in 0..<64 {
                    group.addTask {
                        let clinic = place.database.clinic(TenantID(number: Int32(1 + number % 2)))
                        let divisor = number % 5 == 0 ? 0 : 1
                        do {
                            let sum = try await clinic.row(
                                "SELECT \(number) / \(divisor) + tenant_id * 1000 FROM chair LIMIT 1",
                                as: Int.self)
                            return (number, .success(sum))
                        } catch { return (number, .failure(error)) }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            for (number, outcome) in outcomes {
                if number % 5 == 0 {
                    #expect(throws: DatabaseError.self) { try outcome.get() }
                } else {
                    let sum = try outcome.get()
                    #expect(sum == number + 1000 * (1 + number % 2))
                }
            }
        }
    }

    @Test("of recorded reads that share a commit, each that is answered leaves one line and no other does")
    func recorded() async throws {
        try await Clinic.with { place, clinic async throws in
            let answered = await withTaskGroup(of: (Int, Int?).self) { group in
                for number in 1000..<1064 {
                    group.addTask {
                        let tenant = TenantID(number: Int32(1 + number % 2)),
                            divisor = number % 5 == 0 ? 0 : 1
                        // Every ninth line is refused instead: the clinic has a chair of that number.
                        let line: SQL = """
                            INSERT INTO chair (tenant_id, id)
                            VALUES (\(tenant), \(number % 9 == 0 ? Int32(1) : Int32(number)))
                            """
                        let sum: [Int]? = try? await place.database.clinic(tenant).rows(
                            "SELECT \(number) / \(divisor) + tenant_id * 10000 FROM chair LIMIT 1",
                            recording: line)
                        return (number, sum?.first)
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            let expected = (1000..<1064).filter { $0 % 5 != 0 && $0 % 9 != 0 }
            #expect(answered.keys.sorted() == expected)
            for (number, sum) in answered { #expect(sum == number + 10_000 * (1 + number % 2)) }
            let lines = try await place.script("SELECT id::text FROM chair WHERE id >= 1000 ORDER BY id")
            #expect(lines == expected.map { ["\($0)"] })
        }
    }

    @Test("a read cannot write")
    func readOnly() async throws {
        try await Clinic.with { _, clinic async throws in
            let fault = await #expect(throws: DatabaseError.self) {
                try await clinic.rows("DELETE FROM chair RETURNING id", as: Int.self)
            }
            #expect(fault?.state == .readOnlyTransaction)
            let slow = await #expect(throws: DatabaseError.self) {
                try await clinic.rows("DELETE FROM chair RETURNING id", as: Int.self, pace: .slow)
            }
            #expect(slow?.state == .readOnlyTransaction)
        }
    }

    @Test("of 200 concurrent reads, 30 % cancelled, each of the others gets its own rows")
    func cancellation() async throws {
        try await Clinic.with { place, _ async throws in
            var tasks: [(Int, Task<[Int], any Error>)] = []
            for number in 0..<200 {
                let clinic = place.database.clinic(TenantID(number: Int32(1 + number % 2)))
                let task = Task(executorPreference: place.loops[0]) {
                    try await clinic.rows(
                        "SELECT \(number), tenant_id::bigint FROM chair WHERE id <= 3", as: Pair.self
                    )
                    .flatMap { [$0.first, $0.second] }
                }
                tasks.append((number, task))
                if number % 20 == 19 { try await place.loops[0].sleep(for: .microseconds(500)) }
                if number % 10 < 3 { tasks[number / 2].1.cancel() }
            }
            var answered = 0
            for (number, task) in tasks {
                guard let rows = try? await task.value else { continue }
                answered += 1
                #expect(rows == Array(repeating: [number, 1 + number % 2], count: 3).flatMap(\.self))
            }
            #expect(answered >= 100)
        }
    }

    struct Pair: FromRow {
        let (first, second): (Int, Int)
        init(_ row: inout Row) throws { (first, second) = (try row.next(), try row.next()) }
    }

    @Test("a statement that runs too long is stopped by the server, and the connection serves on")
    func statementTimeout() async throws {
        try await Clinic.with { place, _ async throws in
            let database = place.database { $0.deadline = .milliseconds(500) }
            let clinic = database.clinic(Clinic.first)
            let fault = await #expect(throws: DatabaseError.self) {
                try await clinic.rows("SELECT 1 FROM pg_sleep(5)", as: Int.self)
            }
            #expect(fault?.state == .queryCanceled)
            #expect(try await clinic.row("SELECT 7", as: Int.self) == 7)
            database.close()
        }
    }

    @Test("a prepared statement outlives a change of its table")
    func changedTable() async throws {
        try await Clinic.with { place, clinic async throws in
            func chair() async throws -> Int? {
                try await clinic.row("SELECT * FROM (SELECT * FROM chair LIMIT 1) AS c", as: Second.self)?.id
            }
            #expect(try await chair() == 1)
            try await place.script("ALTER TABLE chair ADD COLUMN colour text")
            #expect(try await chair() == 1)
            try await clinic.once("INSERT INTO chair (tenant_id, id) VALUES (1, 200) RETURNING *")
            try await place.script("ALTER TABLE chair ADD COLUMN weight int")
            try await clinic.once("INSERT INTO chair (tenant_id, id) VALUES (1, 201) RETURNING *")
            #expect(try await clinic.row("SELECT count(*) FROM chair", as: Int.self) == 102)
        }
    }

    struct Second: FromRow {
        let id: Int
        init(_ row: inout Row) throws {
            _ = try row.next(Int.self)
            id = try row.next()
        }
    }

    @Test("a connection keeps a bounded number of prepared statements")
    func boundedStatements() async throws {
        try await Clinic.with { place, clinic async throws in
            let database = place.database { $0.sharedConnections = 1 }
            let clinic = database.clinic(clinic.tenant)
            // Each list of types is a statement of its own.
            for mask in 0..<600 {
                func bit(_ index: Int) -> SQL { mask >> index & 1 == 0 ? "\(index)" : "\(Int32(index))" }
                let sql: SQL =
                    """
                    SELECT \(bit(0)) + \(bit(1)) + \(bit(2)) + \(bit(3)) + \(bit(4))
                        + \(bit(5)) + \(bit(6)) + \(bit(7)) + \(bit(8)) + \(bit(9))
                    """
                #expect(try await clinic.row(sql, as: Int.self) == 45)
            }
            let kept = try await clinic.row("SELECT count(*) FROM pg_prepared_statements", as: Int.self)
            #expect((200...258).contains(kept ?? 0))
            database.close()
        }
    }
}
