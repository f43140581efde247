import Database
import JSON
import Terminal

/// Brings the schema up to date.
struct Migrate: Command {
    static let name = "migrate"
    static let summary = "Bring the database's schema up to date; forward only, one file, one transaction."
    static let examples = ["nadi migrate --plan", "nadi migrate"]

    @Flag("plan", "Only list what would be applied.") var isPlan

    func run(in place: Place) async throws -> Answer {
        let migrations = try await place.withMigrator { migrator in
            if isPlan { return try await migrator.plan() }
            return try await migrator.run { migration, number, count in
                if place.terminal.isAttended {
                    place.terminal.note("\(number) of \(count): \(migration.file)")
                }
            }
        }
        let files = migrations.map(\.file)
        let done = isPlan ? "pending" : "applied"
        return Answer(
            json: .object(JSONObject([(done, JSON.array(files.map { .string($0) }))])),
            lines: files.isEmpty ? ["Nothing is pending."] : files.map { "\(done): \($0)" })
    }
}
