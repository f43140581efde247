import Database
import Vocabulary

extension ProgramKeys {
    static let readCurrent: SQL =
        "SELECT id, sealed_private_key FROM program_signing_key WHERE retires_at IS NULL"

    /// Does nothing where another process was first.
    static func add(_ id: KeyID, modulus: [UInt8], _ box: [UInt8]) -> SQL {
        """
        INSERT INTO program_signing_key (id, modulus, sealed_private_key)
        VALUES (\(id.text), \(modulus), \(box)) ON CONFLICT DO NOTHING
        """
    }

    static func retireCurrent(after lifetime: Duration) -> SQL {
        """
        UPDATE program_signing_key
        SET retires_at = now() + make_interval(secs => \(Double(lifetime.components.seconds)))
        WHERE retires_at IS NULL
        """
    }
}
