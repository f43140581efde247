import Database
import EventLoop
import TestKit
import Testing
import Vocabulary

@Suite struct WriteTests {
    struct ChangedMind: Error {}

    private func count(_ clinic: TenantDatabase) async throws -> Int? {
        try await clinic.row("SELECT count(*) FROM chair WHERE id > 100", as: Int.self)
    }

    @Test("what a transaction wrote is there when it returns and gone when it throws")
    func allOrNothing() async throws {
        try await Clinic.with { _, clinic async throws in
            let tenant = clinic.tenant
            try await clinic.write { transaction in
                transaction.queue("INSERT INTO chair (tenant_id, id) VALUES (\(tenant), 101)")
                try await transaction.run("INSERT INTO chair (tenant_id, id) VALUES (\(tenant), 102)")
                transaction.queue("INSERT INTO chair (tenant_id, id) VALUES (\(tenant), 103)")
            }
            #expect(try await count(clinic) == 3)
            await #expect(throws: ChangedMind.self) {
                try await clinic.write { transaction in
                    try await transaction.run("DELETE FROM chair")
                    throw ChangedMind()
                }
            }
            #expect(try await count(clinic) == 3)
        }
    }

    @Test("a refused statement names its constraint, also when nobody awaited it")
    func refusals() async throws {
        try await Clinic.with { _, clinic async throws in
            let tenant = clinic.tenant
            let awaited = await #expect(throws: DatabaseError.self) {
                try await clinic.write {
                    try await $0.run("INSERT INTO chair (tenant_id, id) VALUES (\(tenant), -1)")
                }
            }
            #expect(awaited?.constraint == "chair_has_a_positive_number")
            #expect(awaited?.state == .checkViolation)
            let queued = await #expect(throws: DatabaseError.self) {
                try await clinic.write { transaction in
                    try await transaction.run("INSERT INTO chair (tenant_id, id) VALUES (\(tenant), 101)")
                    transaction.queue("INSERT INTO chair (tenant_id, id) VALUES (\(tenant), 1)")
                }
            }
            #expect(queued?.state == .uniqueViolation)
            let single = await #expect(throws: DatabaseError.self) {
                try await clinic.once(
                    "INSERT INTO chair (tenant_id, id) VALUES (\(tenant), 101)",
                    with: ["INSERT INTO chair (tenant_id, id) VALUES (\(tenant), 1)"])
            }
            #expect(single?.constraint == "chair_pkey")
            #expect(try await count(clinic) == 0)
        }
    }

    @Test("a refusal that the body swallowed still fails the transaction")
    func swallowed() async throws {
        try await Clinic.with { _, clinic async throws in
            await #expect(throws: DatabaseError.self) {
                try await clinic.write { transaction in
                    try await transaction.run("INSERT INTO chair (tenant_id, id) VALUES (1, 101)")
                    _ = try? await transaction.run("INSERT INTO chair (tenant_id, id) VALUES (1, 1)")
                }
            }
            #expect(try await count(clinic) == 0)
        }
    }

    @Test("a fault that shows only at commit is an error and changes nothing")
    func deferredConstraint() async throws {
        try await Clinic.with { place, clinic async throws in
            try await place.script(
                """
                ALTER TABLE chair ADD number int, ADD CONSTRAINT numbers_differ
                    UNIQUE (tenant_id, number) DEFERRABLE INITIALLY DEFERRED
                """)
            let one = await #expect(throws: DatabaseError.self) {
                try await clinic.once("UPDATE chair SET number = 1")
            }
            #expect(one?.constraint == "numbers_differ")
            let many = await #expect(throws: DatabaseError.self) {
                try await clinic.write { try await $0.run("UPDATE chair SET number = 1") }
            }
            #expect(many?.constraint == "numbers_differ")
            #expect(try await clinic.row("SELECT count(number) FROM chair", as: Int.self) == 0)
            #expect(try await clinic.once("UPDATE chair SET label = 'x'") == 100)
        }
    }

    @Test("another clinic's row cannot be written")
    func foreignRow() async throws {
        try await Clinic.with { _, clinic async throws in
            let fault = await #expect(throws: DatabaseError.self) {
                try await clinic.once("INSERT INTO chair (tenant_id, id) VALUES (2, 500)")
            }
            #expect(fault?.state == .insufficientPrivilege)
            #expect(try await clinic.once("UPDATE chair SET label = 'mine' WHERE tenant_id = 2") == 0)
        }
    }

    @Test("two transactions in each other's way both succeed in the end")
    func deadlock() async throws {
        try await Clinic.with { _, clinic async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for order in [[1, 2], [2, 1]] {
                    group.addTask {
                        try await clinic.write { transaction in
                            for id in order {
                                try await transaction.run(
                                    "UPDATE chair SET label = label || \(id) WHERE id = \(id)")
                                try await transaction.run("SELECT pg_sleep(0.1)")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let labels = try await clinic.rows(
                "SELECT label FROM chair WHERE id < 3 ORDER BY id", as: String.self)
            #expect(labels == ["chair 111", "chair 122"])
        }
    }

    @Test("callers wait for a connection in the order in which they came, and no more of them than may")
    func fairness() async throws {
        try await Clinic.with { place, clinic async throws in
            let database = place.database {
                $0.ownedConnections = 1
                $0.waitingWrites = 10
            }
            let clinic = database.clinic(clinic.tenant)
            let tasks = (0..<16).map { number in
                Task(executorPreference: place.loops[0]) {
                    try await clinic.write {
                        try await $0.run(
                            "INSERT INTO chair (tenant_id, id) SELECT 1, 101 + \(number) FROM pg_sleep(0.01)")
                    }
                }
            }
            var refused = 0
            for task in tasks {
                do { _ = try await task.value } catch { refused += 1 }
            }
            #expect(refused == 6)
            let order = try await clinic.rows(
                "SELECT id FROM chair WHERE id > 100 ORDER BY ctid", as: Int.self)
            #expect(order == Array(101...110))
            database.close()
        }
    }

    @Test("a cancelled transaction is rolled back and its connection is used again")
    func cancelled() async throws {
        try await Clinic.with { place, clinic async throws in
            let database = place.database { $0.ownedConnections = 1 }
            let clinic = database.clinic(clinic.tenant)
            let task = Task(executorPreference: place.loops[0]) {
                try await clinic.write { transaction in
                    try await transaction.run("DELETE FROM chair")
                    try await transaction.run("SELECT pg_sleep(0.2)")
                }
            }
            try await place.loops[0].sleep(for: .milliseconds(50))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await clinic.once("UPDATE chair SET label = 'here'") == 100)
            database.close()
        }
    }

    @Test("a statement that outlives its cancelled caller is stopped and its connection replaced")
    func cancelledForLong() async throws {
        try await Clinic.with { place, clinic async throws in
            let database = place.database {
                $0.ownedConnections = 1
                $0.deadline = .seconds(30)
            }
            let clinic = database.clinic(clinic.tenant)
            let task = Task(executorPreference: place.loops[0]) {
                try await clinic.write { transaction in
                    try await transaction.run("DELETE FROM chair")
                    try await transaction.run("SELECT pg_sleep(25)")
                }
            }
            try await place.loops[0].sleep(for: .milliseconds(50))
            task.cancel()
            let began = ContinuousClock.now
            #expect(try await clinic.once("UPDATE chair SET label = 'here'") == 100)
            #expect(began.duration(to: .now) < .seconds(12))
            database.close()
        }
    }

    @Test("work across tenants sees what platform policies name, and leaves its reason")
    func acrossTenants() async throws {
        try await Clinic.with { place, clinic async throws in
            let sees: @Sendable () async throws -> [Int?] = {
                try await place.database.acrossAllTenantsUnsafely(because: "a test of the platform") {
                    platform in
                    let everywhere = try await platform.row("SELECT count(*) FROM chair", as: Int.self)
                    let there = try await platform.inside(Clinic.second) {
                        try await $0.row("SELECT count(*) FROM chair", as: Int.self)
                    }
                    return [everywhere, there]
                }
            }
            #expect(try await sees() == [0, 100])
            try await place.script("CREATE POLICY platform_chair ON chair TO nadi_platform USING (true)")
            #expect(try await sees() == [200, 200])
            let reasons = try await place.script("SELECT DISTINCT reason FROM platform_access")
            #expect(reasons == [["a test of the platform"]])
        }
    }
}
