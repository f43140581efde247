import Database
import EndpointKit
import Vocabulary

extension GuessCount {
    /// Counts a guess that is about to be judged, or throws how long to wait. The count is taken back by
    /// whoever has guessed right: of however many guesses at once, no more are judged than are left.
    func take(at now: Instant, in clinic: borrowing Transaction) async throws {
        let failures: Int32? = try await clinic.row(taking(at: now, in: clinic.tenant))
        guard failures == nil else { return }
        let until: Instant? = try await clinic.row(
            """
            SELECT coalesce(locked_until, \(now)) FROM wrong_guess WHERE tenant_id = \(clinic.tenant) AND key = \(key)
            """)
        let lockout = Lockout(until: until)
        throw Problem.tooManyRequests(retryAfter: lockout.secondsLeft(at: now) ?? 1)
    }

    /// No row comes back while nobody is heard.
    private func taking(at now: Instant, in tenant: TenantID) -> SQL {
        let (first, second) = (Int32(free), Int32(free + 1))
        let waits = [free, free + 1, free + 2].map { failures in
            now + (Lockout.wait(after: failures - free + Lockout.free) ?? .zero)
        }
        let failures: SQL =
            "CASE WHEN held.last_at <= \(now - Lockout.forgets) THEN 1 ELSE held.failures + 1 END"
        return """
            INSERT INTO wrong_guess AS held (tenant_id, key, failures, last_at) VALUES (\(tenant), \(key), 1, \(now))
            ON CONFLICT (tenant_id, key) DO UPDATE SET last_at = \(now), failures = \(failures),
                locked_until = CASE WHEN \(failures) < \(first) THEN NULL WHEN \(failures) = \(first) THEN \(waits[0])
                    WHEN \(failures) = \(second) THEN \(waits[1]) ELSE \(waits[2]) END
            WHERE held.locked_until IS NULL OR held.locked_until <= \(now)
            RETURNING failures
            """
    }

    /// Nothing is held against whoever has guessed right.
    func forget(in tenant: TenantID) -> SQL {
        "DELETE FROM wrong_guess WHERE tenant_id = \(tenant) AND key = \(key)"
    }

    /// Takes one guess back, where one right guess does not excuse the wrong ones: an address has many
    /// people.
    func giveBack(in tenant: TenantID) -> SQL {
        """
        UPDATE wrong_guess SET failures = greatest(failures - 1, 0),
            locked_until = CASE WHEN failures > \(Int32(free)) THEN locked_until END
        WHERE tenant_id = \(tenant) AND key = \(key)
        """
    }

    /// Takes away what nobody is held to any more.
    static func forgetOld(in tenant: TenantID) -> [SQL] {
        [
            "DELETE FROM wrong_guess WHERE tenant_id = \(tenant) AND last_at < now() - interval '1 day'",
            "DELETE FROM ceremony WHERE tenant_id = \(tenant) AND expires_at < now() - interval '1 day'",
            """
            DELETE FROM credential_link
            WHERE tenant_id = \(tenant) AND expires_at < now() - interval '30 days'
            """,
        ]
    }
}
