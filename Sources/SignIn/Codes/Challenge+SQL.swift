import Database
import Identity
import Vocabulary

extension Challenge {
    /// Puts the challenge in the place of the holder's earlier one. Guesses go on being counted until their
    /// time is over; a code that was used well has paid for its own.
    func insert(in tenant: TenantID) -> SQL {
        """
        INSERT INTO one_time_code AS kept (tenant_id, holder, purpose, challenge_id, channel, code_digest,
            sealed_content, sent_at, expires_at, guesses_since)
        VALUES (\(tenant), \(holder), \(purpose.rawValue), \(id), \(channel), \(digest), \(sealed), \(sentAt),
            \(expiresAt), \(sentAt))
        ON CONFLICT (tenant_id, holder, purpose) DO UPDATE SET challenge_id = excluded.challenge_id,
            channel = excluded.channel, code_digest = excluded.code_digest, sealed_content = excluded.sealed_content,
            sent_at = excluded.sent_at, expires_at = excluded.expires_at, used_at = NULL,
            guesses = CASE WHEN kept.guesses_since <= \(sentAt - Self.guessWindow) THEN 0 ELSE kept.guesses END,
            guesses_since = CASE WHEN kept.guesses = 0 OR kept.guesses_since <= \(sentAt - Self.guessWindow)
                THEN excluded.sent_at ELSE kept.guesses_since END
        """
    }

    /// Counts a guess and judges it, in one statement: however many come at once, each waits for the row and
    /// then counts. No row comes back where nothing was judged: the challenge is unknown, over, used up, or
    /// another one has taken its place. Where a holder is named, it has to be theirs.
    static func judge(
        _ challenge: ID<Challenge>, _ purpose: Purpose, of holder: [UInt8]? = nil,
        _ digest: (CodeChannel) -> [UInt8], at now: Instant, in tenant: TenantID
    ) -> SQL {
        let right: SQL = """
            code_digest = CASE channel WHEN 'sms' THEN \(digest(.sms)) WHEN 'whatsapp' THEN \(digest(.whatsApp))
                ELSE \(digest(.email)) END
            """
        let isTheirs: SQL = if let holder { "AND holder = \(holder)" } else { "" }
        return """
            UPDATE one_time_code SET guesses = CASE WHEN \(right) THEN 0 ELSE guesses + 1 END,
                used_at = CASE WHEN \(right) THEN \(now) END
            WHERE tenant_id = \(tenant) AND challenge_id = \(challenge) AND purpose = \(purpose.rawValue) AND used_at IS NULL
                AND expires_at > \(now) AND guesses < \(guessesMax) \(isTheirs)
            RETURNING used_at IS NOT NULL, sealed_content, purpose
            """
    }

    /// What the holder of a live challenge is to be told; held until the transaction ends, so that no newer
    /// code takes its place while it is being sent.
    static func live(_ challenge: UniqueID, at now: Instant, in tenant: TenantID) -> SQL {
        """
        SELECT true, sealed_content, purpose FROM one_time_code
        WHERE tenant_id = \(tenant) AND challenge_id = \(challenge) AND used_at IS NULL AND expires_at > \(now)
        FOR SHARE
        """
    }

    /// Takes away what has been over for a day.
    static func forgetOld(in tenant: TenantID) -> [SQL] {
        [
            "DELETE FROM one_time_code WHERE tenant_id = \(tenant) AND expires_at < now() - interval '1 day'",
            "DELETE FROM code_count WHERE tenant_id = \(tenant) AND last_at < now() - interval '1 day'",
        ]
    }
}

/// What a look at a challenge's row says.
struct JudgedCode: FromRow {
    let isRight: Bool
    let sealed: [UInt8]
    let purpose: Challenge.Purpose?

    init(_ row: inout Row) throws {
        (isRight, sealed) = (try row.next(), try row.next())
        purpose = Challenge.Purpose(rawValue: try row.next())
    }
}
