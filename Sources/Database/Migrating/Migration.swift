import Files

/// One step of the schema: a file named `0042_what_changes.sql`, never edited once it is applied.
public struct Migration: Sendable, Equatable {
    /// The number in the file's name; the first is 1, and there are no gaps.
    public let version: Int
    /// The file's name.
    public let file: String
    /// What the file says.
    public let text: String

    /// The first line says that the one statement in the file cannot run in a transaction.
    var isOutsideOfTransaction: Bool { text.hasPrefix("-- no-transaction") }

    /// Every migration of a folder, in order. Refuses names that do not fit, gaps and doubles.
    static func all(in folder: String) throws -> [Migration] {
        let folder = Folder(folder)
        guard let names = folder.names(endingIn: ".sql") else { throw MigrationFault.noFolder(folder.path) }
        let migrations = try names.map { name -> Migration in
            guard let version = version(of: name) else { throw MigrationFault.misnamed(name) }
            return Migration(version: version, file: name, text: try text(of: folder.file(name)))
        }
        for (index, migration) in migrations.enumerated() where migration.version != index + 1 {
            throw MigrationFault.gap(before: migration.file, missing: index + 1)
        }
        return migrations
    }

    private static func version(of name: String) -> Int? {
        let digits = name.prefix(4)
        let rest = name.dropFirst(4)
        guard digits.utf8.count == 4, digits.utf8.allSatisfy({ (48...57).contains($0) }), rest.hasPrefix("_"),
            rest.utf8.count > "_.sql".utf8.count
        else { return nil }
        return Int(digits)
    }

    /// A migration is text of people; a megabyte of it is a mistake.
    private static func text(of file: PlainFile) throws -> String {
        do throws(PlainFile.Fault) {
            return String(decoding: try file.bytes(atMost: 1 << 20), as: UTF8.self)
        } catch {
            throw error == .tooLarge ? MigrationFault.tooLarge(file.path) : .noFolder(file.path)
        }
    }
}

/// Why the schema was left as it is.
public enum MigrationFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// There is no such folder.
    case noFolder(String)
    /// A file is not named `NNNN_what_changes.sql`.
    case misnamed(String)
    /// A number is missing, or there twice.
    case gap(before: String, missing: Int)
    /// A file is larger than any migration should be.
    case tooLarge(String)
    /// A file was edited after it had been applied.
    case changed(String)
    /// The database has a migration that this program does not know: it is newer.
    case unknown(version: Int, file: String)
    /// The server refused a file; nothing of it was kept, unless the file runs outside of a transaction.
    case failed(String, SQLState, message: String)
    /// A file ended the transaction that it was run in.
    case endsTransaction(String)

    /// For the operator.
    public var description: String {
        switch self {
        case .noFolder(let path): "There is no folder of migrations at \(path)."
        case .misnamed(let file): "\(file) is not named like 0042_what_changes.sql."
        case .gap(let file, let version): "Migration \(version) is missing, or doubled, before \(file)."
        case .tooLarge(let file): "\(file) is larger than a megabyte."
        case .changed(let file):
            "\(file) was changed after it had been applied. Put it back and write a new one."
        case .unknown(let version, let file):
            "The database has migration \(version) (\(file)), which this program does not know."
        case .failed(let file, let state, let message): "\(file) was refused: \(message) (\(state))"
        case .endsTransaction(let file): "\(file) ends its own transaction."
        }
    }
}
