import Database
import Vocabulary

extension CodeAllowance {
    /// A row comes back where there was one left.
    func take(at now: Instant, of tenant: TenantID) -> SQL {
        let over = now - Self.window
        // Requests are judged at the moment they came, which is not the order in which they get here.
        let rested: SQL = pause > .zero ? "counted.last_at <= \(now - pause)" : "true"
        return """
            INSERT INTO code_count AS counted (tenant_id, key, since, last_at, codes)
            VALUES (\(tenant), \(key), \(now), \(now), 1)
            ON CONFLICT (tenant_id, key) DO UPDATE SET last_at = greatest(counted.last_at, \(now)),
                since = CASE WHEN counted.since <= \(over) THEN \(now) ELSE counted.since END,
                codes = CASE WHEN counted.since <= \(over) THEN 1 ELSE counted.codes + 1 END
            WHERE \(rested) AND (counted.since <= \(over) OR counted.codes < \(codesMax))
            RETURNING true
            """
    }

    /// When the next one may be asked for.
    func free(of tenant: TenantID) -> SQL {
        let (pauseSeconds, windowSeconds) = (
            Double(pause.components.seconds), Double(Self.window.components.seconds)
        )
        return """
            SELECT greatest(last_at + make_interval(secs => \(pauseSeconds)),
                CASE WHEN codes >= \(codesMax) THEN since + make_interval(secs => \(windowSeconds)) END)
            FROM code_count WHERE tenant_id = \(tenant) AND key = \(key)
            """
    }
}
