public import Database
public import Vocabulary

extension PublishedKeys {
    /// Every key that counts now, the coming generation's included.
    public static func read(from database: Database, at now: Instant) async throws -> PublishedKeys {
        let ring = try await KeyRing.read(from: database)
        let modules: [[UInt8]] = try await database.platformRows(
            """
            SELECT modulus FROM program_signing_key WHERE retires_at IS NULL OR retires_at > \(now) ORDER BY id
            """)
        return try PublishedKeys(ring, modules, at: now)
    }
}
