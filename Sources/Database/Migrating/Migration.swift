import Glibc

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
        let migrations = try names(in: folder).map { name -> Migration in
            guard let version = version(of: name) else { throw MigrationFault.misnamed(name) }
            return Migration(version: version, file: name, text: try text(of: folder + "/" + name))
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

    private static func names(in folder: String) throws -> [String] {
        guard let directory = opendir(folder) else { throw MigrationFault.noFolder(folder) }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".sql") { names.append(name) }
        }
        return names.sorted()
    }

    /// A migration is text of people; a megabyte of it is a mistake.
    private static func text(of path: String) throws -> String {
        guard let file = fopen(path, "re") else { throw MigrationFault.noFolder(path) }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        guard count < bytes.count else { throw MigrationFault.tooLarge(path) }
        return String(decoding: bytes[..<count], as: UTF8.self)
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
