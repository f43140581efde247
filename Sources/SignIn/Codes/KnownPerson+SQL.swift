import Database
import Vocabulary

extension KnownPerson {
    static func noteAgain(_ digest: [UInt8], at now: Instant) -> SQL {
        "UPDATE person_identifier SET verified_at = \(now) WHERE digest = \(digest)"
    }

    static func add(_ person: UniqueID, at now: Instant) -> SQL {
        "INSERT INTO person (id, created_at) VALUES (\(person), \(now))"
    }

    /// Whoever was first at the same moment keeps it.
    static func note(_ digest: [UInt8], of person: UniqueID, at now: Instant) -> SQL {
        """
        INSERT INTO person_identifier (digest, person_id, verified_at) VALUES (\(digest), \(person), \(now))
        ON CONFLICT (digest) DO UPDATE SET verified_at = excluded.verified_at
        """
    }
}
