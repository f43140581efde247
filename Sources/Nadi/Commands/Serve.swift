import Database
import EventLoop
import Glibc
import Identity
import JSON
import Terminal
import Vocabulary

/// Serves every clinic until it is told to stop.
struct Serve: Command {
    static let name = "serve"
    static let summary =
        "Serve every clinic until SIGTERM; the database is made and brought up to date first."
    static let examples = ["nadi serve", "nadi serve --demo", "NADI_PORT=9000 nadi serve"]

    @Flag("demo", "Where there is no clinic yet, open three with people to play with.") var isDemo

    func run(in place: Place) async throws -> Answer {
        let hold = try DatabaseHold.serve(place.configuration)
        defer { hold.release() }
        try await hold.migrator(try place.migrationsFolder).run { migration, _, _ in
            place.terminal.note("migrating: \(migration.file)")
        }
        let server = try Server(place.configuration, hold)
        try await place.withDatabase(of: hold) { database in try await prepare(place, database) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await hold.keepAlive(place.terminal) }
            await server.run { await Self.untilSignalled() }
            group.cancelAll()
        }
        return Answer(json: ["stopped": .bool(true)], lines: [])
    }

    /// What has to be there before the first request, and what a person wants to know before they make it.
    private func prepare(_ place: Place, _ database: Database) async throws {
        let secret = try place.configuration.openSecret()
        _ = try await SigningKeys(in: database, under: secret).currentOrFirst()
        try await ProgramKeys(in: database, under: secret).prepare()
        let welcome = Welcome(place: place, database: database)
        let demo = isDemo ? try await openDemo(DemoClinics(place: place, database: database, seed: 1)) : nil
        try await welcome.say()
        if let demo { try await welcome.sayHowToBook(demo) }
    }

    private func openDemo(_ clinics: DemoClinics) async throws -> DemoClinics.Opened? {
        if let opened = try await clinics.open(3).first { return opened }
        return try await clinics.recallFirst()
    }

    /// The first SIGTERM or SIGINT asks to stop; a second one is the kernel's to carry out.
    static func untilSignalled() async {
        await withCheckedContinuation { (asked: CheckedContinuation<Void, Never>) in
            var waiting: CheckedContinuation<Void, Never>? = asked
            EventLoop.current?.onSignals([SIGTERM, SIGINT]) { _ in
                waiting?.resume()
                waiting = nil
                signal(SIGTERM, SIG_DFL)
                signal(SIGINT, SIG_DFL)
            }
        }
    }
}
