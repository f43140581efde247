import Auditing
import Crypto
import Database
import Tenancy
import Terminal
import Vocabulary

extension Place {
    /// The clinics whose trails are asked for: one of that slug, or all, suspended ones too.
    func auditedClinics(_ slug: Slug?, in database: Database) async throws -> [ClinicRegistry.Entry] {
        let registry = ClinicRegistry(database, shelf: VisitTypeShelf(installedPlugins))
        guard let slug else { return try await registry.list() }
        return [try await registry.clinic(slug)]
    }

    /// The key by which this installation signs.
    func auditSeal() throws -> AuditSeal { AuditSeal(under: try configuration.openSecret()) }
}

/// A head of an audit chain, as somebody kept it: `412:9f86…`.
struct KeptHead: OptionValue {
    let head: AuditHead

    init?(argument: String) {
        guard let head = AuditHead(text: argument) else { return nil }
        self.head = head
    }

    static var hint: String { "NUMBER:DIGEST" }
}

/// A public key by which segments were signed in earlier years, in hexadecimal.
struct TrustedKey: OptionValue {
    let key: VerifyingKey

    init?(argument: String) {
        guard let bytes = Hex.decode(argument), let key = try? VerifyingKey(rawBytes: bytes) else {
            return nil
        }
        self.key = key
    }

    static var hint: String { "HEX" }
}

/// A moment, as RFC 3339 writes it, or a day, which begins at midnight in UTC.
struct Moment: OptionValue {
    let instant: Instant

    init?(argument: String) {
        guard let instant = Instant(text: argument) ?? Instant(text: argument + "T00:00:00Z") else {
            return nil
        }
        self.instant = instant
    }

    static var hint: String { "YYYY-MM-DD" }
}
