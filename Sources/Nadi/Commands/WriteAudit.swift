import Auditing
import Database
import Glibc
import JSON
import Tenancy
import Terminal
import Vocabulary

/// Writes a stretch of an audit trail, with its proof, into a file.
struct WriteAudit: Command {
    static let name = "audit export"
    static let summary = "Write a clinic's audit trail, with all that proves it, into a file."
    static let examples = [
        "nadi audit export --clinic mitra --from 2027-01-01 --to 2028-01-01 --out mitra.jsonl"
    ]

    @Option("clinic", "Which clinic.") var slug: Slug
    @Option("from", "From then on.") var from: Moment
    @Option("to", "Until then.") var to: Moment
    @Option("out", "The file, which must not be there yet.") var out: InputFile

    func run(in place: Place) async throws -> Answer {
        guard to.instant > from.instant else { throw Refusal("--to must be after --from.") }
        let file = open(out.path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard file >= 0 else { throw Refusal("\(out.path): \(String(cString: strerror(errno)))") }
        defer { close(file) }
        let count = try await place.withDatabase { database in
            guard let clinic = try await place.auditedClinics(slug, in: database).first else { return (0, 0) }
            let rows = database.clinic(clinic.id)
            try await rows.record(exportBy: place.operator, from: from.instant, to: to.instant, at: place.now)
            return try await AuditExport(
                of: rows, named: clinic.publicID, from: from.instant, to: to.instant
            ).write { try Self.write($0, to: file) }
        }
        return Answer(
            json: ["segments": .integer(Int64(count.0)), "events": .integer(Int64(count.1))],
            lines: [
                "\(count.1) events in \(count.0) segments: check them with Deploy/verify-audit \(out.path)"
            ])
    }

    private static func write(_ bytes: [UInt8], to file: Int32) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else {
                throw Refusal("The file cannot be written: \(String(cString: strerror(errno))).")
            }
            rest = rest.dropFirst(count)
        }
    }
}
