import Database
import FoundationEssentials
import TestKit
import Testing

@Suite struct MigratorTests {
    /// Runs a test in an empty database, with a folder of migrations that it can write.
    private func withFolder(
        _ body: @escaping @Sendable (TestPlace, Migrations) async throws -> Void
    ) async throws {
        let folder = "/tmp/nadi-migrations-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await TestDatabase.withPlace(.empty) { place in
            try await body(
                place,
                Migrations(folder: folder, migrator: Migrator(folder: folder, url: place.urls.superuser)))
        }
    }

    struct Migrations: Sendable {
        let folder: String
        let migrator: Migrator

        func write(_ file: String, _ text: String) throws {
            try text.write(toFile: folder + "/" + file, atomically: true, encoding: .utf8)
        }

        func remove(_ file: String) throws { try FileManager.default.removeItem(atPath: folder + "/" + file) }
    }

    @Test("migrations are planned, applied in order as the owner, and applied once")
    func applied() async throws {
        try await withFolder { place, migrations in
            try migrations.write(
                "0001_chairs.sql", "CREATE TABLE chair (id int); INSERT INTO chair VALUES (1);")
            try migrations.write(
                "0002_index.sql", "-- no-transaction\nCREATE INDEX CONCURRENTLY chair_id ON chair (id)")
            #expect(
                try await migrations.migrator.plan().map(\.file) == ["0001_chairs.sql", "0002_index.sql"])
            #expect(try await migrations.migrator.run().count == 2)
            #expect(try await migrations.migrator.run().isEmpty)
            try migrations.write("0003_more.sql", "INSERT INTO chair VALUES (2)")
            #expect(try await migrations.migrator.run().map(\.version) == [3])
            let owners = try await place.script(
                "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
            #expect(owners == [["nadi_owner"]])
            #expect(try await place.script("SELECT count(*) FROM chair") == [["2"]])
        }
    }

    @Test("two migrators at once apply each migration once")
    func twoAtOnce() async throws {
        try await withFolder { place, migrations in
            try migrations.write("0001_chairs.sql", "CREATE TABLE chair (id int); SELECT pg_sleep(0.2)")
            async let one = migrations.migrator.run()
            async let other = migrations.migrator.run()
            let counts = [try await one.count, try await other.count].sorted()
            #expect(counts == [0, 1])
        }
    }

    @Test("a file that fails leaves nothing of itself, and everything before it")
    func failing() async throws {
        try await withFolder { place, migrations in
            try migrations.write("0001_chairs.sql", "CREATE TABLE chair (id int)")
            try migrations.write(
                "0002_wrong.sql", "CREATE TABLE stool (id int); SELECT 1 / 0; CREATE TABLE sofa (id int)")
            let fault = await #expect(throws: MigrationFault.self) { try await migrations.migrator.run() }
            #expect(fault == .failed("0002_wrong.sql", "22012", message: "division by zero"))
            #expect(
                try await place.script("SELECT count(*) FROM pg_tables WHERE tablename IN ('stool', 'sofa')")
                    == [["0"]])
            #expect(try await migrations.migrator.plan().map(\.file) == ["0002_wrong.sql"])
            try migrations.write("0002_wrong.sql", "COMMIT")
            await #expect(throws: MigrationFault.endsTransaction("0002_wrong.sql")) {
                try await migrations.migrator.run()
            }
        }
    }

    @Test("an edited, missing, misnamed or unknown file is refused by its name before anything happens")
    func refused() async throws {
        try await withFolder { place, migrations in
            try migrations.write("0001_chairs.sql", "CREATE TABLE chair (id int)")
            try await migrations.migrator.run()
            try migrations.write("0002_stools.sql", "CREATE TABLE stool (id int)")
            try migrations.write("0001_chairs.sql", "CREATE TABLE chair (id bigint)")
            await #expect(throws: MigrationFault.changed("0001_chairs.sql")) {
                try await migrations.migrator.run()
            }
            try migrations.write("0001_chairs.sql", "CREATE TABLE chair (id int)")
            try migrations.write("0004_sofas.sql", "CREATE TABLE sofa (id int)")
            await #expect(throws: MigrationFault.gap(before: "0004_sofas.sql", missing: 3)) {
                try await migrations.migrator.run()
            }
            try migrations.remove("0004_sofas.sql")
            try migrations.write("third.sql", "")
            await #expect(throws: MigrationFault.misnamed("third.sql")) {
                try await migrations.migrator.plan()
            }
            try migrations.remove("third.sql")
            try await migrations.migrator.run()
            try migrations.remove("0002_stools.sql")
            await #expect(throws: MigrationFault.unknown(version: 2, file: "0002_stools.sql")) {
                try await migrations.migrator.run()
            }
        }
    }
}
