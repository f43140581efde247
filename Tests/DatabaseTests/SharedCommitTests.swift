import Database
import EventLoop
import TestKit
import Testing
import Vocabulary

@Suite struct SharedCommitTests {
    /// What `count` writes of the same moment came to, each told whether it may succeed.
    private func write(
        _ count: Int, at place: TestPlace,
        _ statements: @escaping @Sendable (Int, borrowing Transaction) -> Void
    ) async -> [Result<Void, any Error>] {
        await withTaskGroup { group in
            for number in 0..<count {
                group.addTask(executorPreference: place.loops[number % place.loops.count]) {
                    let clinic = place.database.clinic(number % 2 == 0 ? Clinic.first : Clinic.second)
                    do {
                        try await clinic.write { statements(number, $0) }
                        return (number, Result<Void, any Error>.success(()))
                    } catch {
                        return (number, .failure(error))
                    }
                }
            }
            let ended = await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            return (0..<count).compactMap { ended[$0] }
        }
    }

    @Test("writes of the same moment share a commit, each within its own clinic")
    func together() async throws {
        try await Clinic.with { place, clinic async throws in
            // The first opens the connections, so that the others gather.
            try await clinic.once("SELECT 1")
            let ended = await write(32, at: place) { number, transaction in
                transaction.queue(
                    "INSERT INTO chair (tenant_id, id) VALUES (\(transaction.tenant), \(1000 + number))")
                transaction.queue("UPDATE chair SET label = 'new' WHERE id = \(1000 + number)")
            }
            for outcome in ended { try outcome.get() }
            let rows = try await place.script(
                """
                SELECT count(*)::text, count(*) FILTER (WHERE tenant_id = 1 + id % 2)::text,
                    (count(DISTINCT xmin::text) < 8)::text
                FROM chair WHERE id >= 1000 AND label = 'new'
                """)
            #expect(rows == [["32", "32", "true"]])
        }
    }

    @Test("who is refused hears why, and its neighbours do not suffer")
    func company() async throws {
        try await Clinic.with { place, clinic async throws in
            try await clinic.once("SELECT 1")
            let ended = await write(32, at: place) { number, transaction in
                // Two of them want the same chair, one a chair that cannot be, one another clinic's.
                let chair = [5: 1003, 6: 0][number] ?? 1000 + number
                let tenant = number == 7 ? Clinic.first : transaction.tenant
                transaction.queue("UPDATE chair SET label = label || '+' WHERE id = 1")
                transaction.queue("INSERT INTO chair (tenant_id, id) VALUES (\(tenant), \(chair))")
            }
            let failures = ended.indices.filter { if case .failure = ended[$0] { true } else { false } }
            let isThree = failures.contains(3)
            #expect(failures == (isThree ? [3, 6, 7] : [5, 6, 7]))
            let errors = failures.map { index -> DatabaseError? in
                if case .failure(let error) = ended[index] { error as? DatabaseError } else { nil }
            }
            #expect(errors.map(\.?.constraint) == ["chair_pkey", "chair_has_a_positive_number", nil])
            #expect(errors.last??.state == .insufficientPrivilege)
            // The mark of each success is there once, and that of a failure is not.
            let marks = try await place.script(
                "SELECT (length(label) - length('chair 1'))::text FROM chair WHERE id = 1 ORDER BY tenant_id")
            #expect(marks == [["15"], ["14"]])
        }
    }

    @Test("a write that awaits nothing needs no connection of its own")
    func needsNone() async throws {
        try await Clinic.with { place, clinic async throws in
            let database = place.database { $0.ownedConnections = 1 }
            let clinic = database.clinic(clinic.tenant)
            let tenant = clinic.tenant
            try await clinic.write { transaction in
                try await transaction.run("SELECT 1")
                try await clinic.write {
                    $0.queue("INSERT INTO chair (tenant_id, id) VALUES (\(tenant), 101)")
                }
            }
            #expect(try await clinic.row("SELECT count(*) FROM chair", as: Int.self) == 101)
            database.close()
        }
    }

    @Test("locks are taken in one order, whoever shares the commit: nobody ever deadlocks")
    func locks() async throws {
        try await Clinic.with(loops: 2) { place, clinic async throws in
            for round in 0..<8 {
                let ended = await write(64, at: place) { number, transaction in
                    let (one, other) = (Int64(number * 7 % 10), Int64((number + round) * 3 % 10))
                    transaction.lock([one, other])
                    transaction.queue("UPDATE chair SET label = 'x' WHERE id = \(Int(one) + 1)")
                    transaction.queue("UPDATE chair SET label = 'y' WHERE id = \(Int(other) + 1)")
                }
                for outcome in ended { try outcome.get() }
            }
            place.database.close()
            // A connection reports when it ends.
            try await place.loops[0].sleep(for: .milliseconds(300))
            let deadlocks = try await place.script(
                "SELECT deadlocks::text FROM pg_stat_database WHERE datname = '\(place.name)'")
            #expect(deadlocks == [["0"]])
        }
    }

    @Test("a transaction that has begun takes its locks where it asks for them")
    func lateLocks() async throws {
        try await Clinic.with { place, clinic async throws in
            try await clinic.write { transaction in
                try await transaction.run("SELECT 1")
                transaction.lock([42])
                let held = try await transaction.row(
                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 42", as: Int.self)
                #expect(held == 1)
            }
        }
    }
}
