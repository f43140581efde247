import Database
import EventLoop
import Glibc
import Identity
import Tenancy
import Terminal
import Vocabulary

extension Place {
    /// The moment it is now.
    var now: Instant { WallClock.system.now() }

    /// Who types: the login of the machine, as the trail will name them.
    var `operator`: String {
        getpwuid(getuid()).map { "operator \(String(cString: $0.pointee.pw_name))" } ?? "operator \(getuid())"
    }

    /// The database, for as long as `body` runs. Somebody else's server is used beside it; otherwise a
    /// private cluster is started for the while.
    func withDatabase<Value>(
        _ body: nonisolated(nonsending) (Database) async throws -> Value
    ) async throws -> Value {
        let hold = try DatabaseHold.borrow(configuration)
        defer { hold.release() }
        return try await withDatabase(of: hold, body)
    }

    /// The database that somebody holds already, for as long as `body` runs.
    func withDatabase<Value>(
        of hold: DatabaseHold, _ body: nonisolated(nonsending) (Database) async throws -> Value
    ) async throws -> Value {
        guard let loop = EventLoop.current else {
            throw Refusal("A command runs on a loop, and this one does not.")
        }
        var settings = hold.databaseConfiguration(password: configuration.databasePassword)
        settings.openingPatience = DatabaseConfiguration.patienceOfCommands
        let database = Database(settings, loops: [loop])
        database.start()
        defer { database.close() }
        return try await body(database)
    }

    /// What brings the schema up to date, for as long as `body` runs.
    func withMigrator<Value>(
        _ body: nonisolated(nonsending) (Migrator) async throws -> Value
    ) async throws -> Value {
        let hold = try DatabaseHold.borrow(configuration)
        defer { hold.release() }
        return try await body(hold.migrator(try migrationsFolder))
    }

    /// The directory of clinics, for as long as `body` runs.
    func withRegistry<Value>(
        _ body: nonisolated(nonsending) (ClinicRegistry) async throws -> Value
    ) async throws -> Value {
        try await withDatabase { database in
            try await body(ClinicRegistry(database, shelf: VisitTypeShelf(installedPlugins)))
        }
    }

    /// One open clinic and its rows, for as long as `body` runs.
    func withClinic<Value>(
        _ slug: Slug, _ body: nonisolated(nonsending) (TenantDatabase, Tenant) async throws -> Value
    ) async throws -> Value {
        try await withDatabase { database in
            let tenant = try await clinic(slug, in: database)
            return try await body(database.clinic(tenant.id), tenant)
        }
    }

    /// An open clinic's snapshot; a refusal in words where there is none.
    func clinic(_ slug: Slug, in database: Database) async throws -> Tenant {
        let base = try configuration.baseHost
        let directory = TenantDirectory(database, baseDomain: base, shelf: VisitTypeShelf(installedPlugins))
        guard case .clinic(let tenant) = try await directory.find("\(slug).\(base.text)") else {
            throw Refusal("There is no open clinic \(slug).")
        }
        return tenant
    }

    /// The people of a clinic, for as long as `body` runs.
    func withStaff<Value>(
        of slug: Slug, _ body: nonisolated(nonsending) (StaffRegistry, Tenant) async throws -> Value
    ) async throws -> Value {
        try await withClinic(slug) { database, tenant in try await body(StaffRegistry(of: database), tenant) }
    }

    /// A destructive act needs its subject typed out: by hand, or with an option where nobody watches.
    func demand(_ slug: Slug, typed: String?, _ warning: String) throws {
        let typed = typed ?? terminal.ask("\(warning)\nType \(slug) to go on: ")
        guard let typed else { throw Refusal("\(warning) Say --confirm \(slug) where nobody can be asked.") }
        guard typed == slug.text else { throw Refusal("'\(typed)' is not \(slug): nothing was done.") }
    }
}
