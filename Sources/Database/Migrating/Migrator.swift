import EventLoop

/// Brings the schema to what a folder of migrations says: forward only, one process at a time, never in part.
///
/// It logs in as an administrator, makes the roles that are missing, and does everything else as
/// `nadi_owner`.
public struct Migrator: Sendable {
    private let folder: String
    private let info: ConnectionInfo

    /// The folder's migrations are read when it is asked to plan or to run.
    public init(folder: String, url: String, password: String? = nil) {
        self.folder = folder
        // Waiting for the lock of another migrator is not an error, and a large index takes its time.
        info = ConnectionInfo(
            url: url, password: password, settings: [("statement_timeout", "0"), ("jit", "off")],
            patience: DatabaseConfiguration.patienceOfCommands)
    }

    /// What would be applied. Refuses what `run` would refuse before its first statement.
    public func plan() async throws -> [Migration] {
        let migrations = try Migration.all(in: folder)
        return try await talking { try await pending(of: migrations, $0) }
    }

    /// Applies what is pending, each file in a transaction of its own, and tells about each before it begins:
    /// the migration, its place among the pending ones, and how many there are.
    @discardableResult
    public func run(
        progress: @Sendable (Migration, Int, Int) -> Void = { _, _, _ in }
    ) async throws -> [Migration] {
        let migrations = try Migration.all(in: folder)
        return try await talking { talk in
            for statement in roleStatements { try await talk.run(statement) }
            for statement in ownerStatements { try await talk.run(statement) }
            let pending = try await pending(of: migrations, talk)
            for (index, migration) in pending.enumerated() {
                progress(migration, index + 1, pending.count)
                try await apply(migration, talk)
            }
            return pending
        }
    }

    private func pending(of migrations: [Migration], _ talk: PlainTalk) async throws -> [Migration] {
        for row in try await talk.run(MigrationSQL.applied(isThere: try await hasTable(talk))) {
            guard let version = row[0].flatMap({ Int($0) }), let file = row[1] else { continue }
            guard version <= migrations.count else {
                throw MigrationFault.unknown(version: version, file: file)
            }
            let migration = migrations[version - 1]
            guard try await digest(of: migration, talk) == row[2] else {
                throw MigrationFault.changed(migration.file)
            }
        }
        let applied = try await talk.run(MigrationSQL.count(isThere: try await hasTable(talk))).first?[0]
        return Array(migrations.dropFirst(applied.flatMap { Int($0) } ?? 0))
    }

    private func apply(_ migration: Migration, _ talk: PlainTalk) async throws {
        let digest = try await digest(of: migration, talk)
        do {
            if !migration.isOutsideOfTransaction { try await talk.run(MigrationSQL.begin) }
            try await talk.run(migration.text)
            guard migration.isOutsideOfTransaction || talk.isInTransaction else {
                throw MigrationFault.endsTransaction(migration.file)
            }
            try await talk.run(
                MigrationSQL.record, with: ["\(migration.version)", migration.file, digest ?? ""])
            if !migration.isOutsideOfTransaction { try await talk.run(MigrationSQL.commit) }
        } catch DatabaseError.refused(let state, _, _, let message) {
            throw MigrationFault.failed(migration.file, state, message: message)
        }
    }

    private func digest(of migration: Migration, _ talk: PlainTalk) async throws -> String? {
        try await talk.run(MigrationSQL.digest, with: [migration.text]).first?[0]
    }

    private func hasTable(_ talk: PlainTalk) async throws -> Bool {
        try await talk.run(MigrationSQL.hasTable).first?[0] == "t"
    }

    /// The lock is the session's: it goes with the connection, however this ends.
    private func talking<Value>(
        _ body: nonisolated(nonsending) (PlainTalk) async throws -> Value
    ) async throws -> Value {
        let connection = try await SoleConnection.open(info)
        defer { connection.close("done") }
        let talk = try PlainTalk(on: connection)
        try await talk.run(MigrationSQL.lock)
        return try await body(talk)
    }
}
