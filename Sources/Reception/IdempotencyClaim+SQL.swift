import Database
import Vocabulary

extension SQL {
    /// The constraint that says: a request with this key is being answered at this moment.
    static let keyIsInUse = "idempotency_key_digest_is_sha256"
    /// The constraint that says: this key has been answered.
    static let keyIsTaken = "idempotency_key_key"

    /// Takes the key, or fails at once.
    ///
    /// Waiting for the other request's row would hold a connection for as long as it takes, and fifty
    /// impatient clients would hold fifty. So the key is locked first; where the lock is not to be had, a
    /// digest of no bytes stands in the row, which the table refuses before it looks for a row to wait for.
    static func stake(_ claim: IdempotencyClaim, tenant: TenantID) -> SQL {
        """
        INSERT INTO idempotency_key (tenant_id, caller_id, key, endpoint, body_digest)
        SELECT tenant_id, caller_id, key, \(claim.endpoint),
            CASE WHEN pg_try_advisory_xact_lock(hashtextextended(caller_id || key, tenant_id))
                THEN \(claim.digest) ELSE ''::bytea END
        FROM (
            SELECT \(tenant) AS tenant_id, \(claim.caller) AS caller_id, \(claim.key.text) AS key
        ) AS claimed
        """
    }

    /// Keeps the answer in the row of its key.
    static func keep(_ answer: StoredAnswer, for claim: IdempotencyClaim, tenant: TenantID) -> SQL {
        """
        UPDATE idempotency_key
        SET answer_status = \(answer.status), answer_body = \(answer.body),
            answer_fields = jsonb_build_object('location', \(answer.location), 'etag', \(answer.etag))
        WHERE tenant_id = \(tenant) AND caller_id = \(claim.caller) AND key = \(claim.key.text)
        """
    }

    /// What was answered to this key within its keeping time.
    static func kept(for claim: IdempotencyClaim, tenant: TenantID) -> SQL {
        """
        SELECT endpoint, body_digest, answer_status, answer_fields ->> 'location', answer_fields ->> 'etag',
            answer_body
        FROM idempotency_key
        WHERE tenant_id = \(tenant) AND caller_id = \(claim.caller) AND key = \(claim.key.text)
            AND expires_at > now() AND answer_status IS NOT NULL
        """
    }

    /// Removes the key when its time is over.
    static func forgetExpired(_ claim: IdempotencyClaim, tenant: TenantID) -> SQL {
        """
        DELETE FROM idempotency_key
        WHERE tenant_id = \(tenant) AND caller_id = \(claim.caller) AND key = \(claim.key.text)
            AND expires_at <= now()
        """
    }
}

/// A row of `idempotency_key` whose answer is known.
struct KeptAnswer: FromRow {
    let endpoint: String
    let digest: [UInt8]
    let answer: StoredAnswer

    init(_ row: inout Row) throws {
        endpoint = try row.next()
        digest = try row.next()
        answer = StoredAnswer(
            status: try row.next(), location: try row.next(), etag: try row.next(), body: try row.next())
    }
}
