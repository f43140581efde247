import Crypto
import Database
import Vocabulary

extension SigningKeys {
    static let readCurrent: SQL = "SELECT id, sealed_private_key FROM signing_key WHERE retires_at IS NULL"

    /// Does nothing where another process was first.
    static func add(_ id: KeyID, _ key: VerifyingKey, _ box: [UInt8]) -> SQL {
        """
        INSERT INTO signing_key (id, public_key, sealed_private_key)
        VALUES (\(id.text), \(key.rawBytes), \(box))
        ON CONFLICT DO NOTHING
        """
    }

    static func retireCurrent(after lifetime: Duration) -> SQL {
        """
        UPDATE signing_key
        SET retires_at = now() + make_interval(secs => \(Double(lifetime.components.seconds)))
        WHERE retires_at IS NULL
        """
    }

    struct SealedKey: FromRow {
        let id: String
        let box: [UInt8]

        init(_ row: inout Row) throws { (id, box) = (try row.next(), try row.next()) }
    }
}

extension KeyRing {
    /// Every key that counts now.
    static func read(from database: Database) async throws -> KeyRing {
        let keys = try await database.platformRows(
            """
            SELECT public_key, retires_at FROM signing_key WHERE retires_at IS NULL OR retires_at > now()
            """, as: PublicKey.self)
        return KeyRing(keys.map(\.entry))
    }

    private struct PublicKey: FromRow {
        let entry: Entry

        init(_ row: inout Row) throws {
            let bytes = try row.next([UInt8].self)
            entry = Entry(try VerifyingKey(rawBytes: bytes), retiresAt: try row.next())
        }
    }
}
