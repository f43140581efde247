import Database
import Identity
import Vocabulary

extension Rotation: FromRow {
    init(_ row: inout Row) throws {
        person = Person(try row.next(), try row.next())
        (generation, expiresAt, isReuse) = (try row.next(), try row.next(), try row.next())
    }

    /// Decides in one statement, so that of fifty at once one moves the number and the others find it moved:
    /// the latest token is followed by a new one, the one before it gets the latest within its grace, and
    /// any other has been used before and ends everything. No row: the sign-in is over, or its person gone.
    /// When somebody of the platform is out again was said when they came in.
    static func take(_ token: RefreshToken, at now: Instant, in tenant: TenantID) -> SQL {
        let given = token.generation
        let reuse: SQL = """
            (\(given) < generation - 1 OR \(given) = generation - 1 AND rotated_at < \(now - grace))
            """
        return """
            UPDATE sign_in SET generation = CASE WHEN generation = \(given) THEN generation + 1 ELSE generation END,
                rotated_at = CASE WHEN generation = \(given) THEN \(now) ELSE rotated_at END,
                expires_at = CASE WHEN generation = \(given) AND person_kind <> 'support'
                    THEN least(\(now + idleMax), created_at + make_interval(secs => \(Self.lifetimeSeconds)))
                    ELSE expires_at END,
                ended_at = CASE WHEN \(reuse) THEN \(now) END,
                end_reason = CASE WHEN \(reuse) THEN 'reused' END
            WHERE tenant_id = \(tenant) AND id = \(token.session) AND ended_at IS NULL AND expires_at > \(now)
                AND \(given) <= generation AND CASE person_kind
                    WHEN 'staff' THEN EXISTS (SELECT FROM staff_member p
                        WHERE p.tenant_id = \(tenant) AND p.id = person_id AND p.active)
                    WHEN 'support' THEN EXISTS (SELECT FROM support_grant g
                        JOIN support_agent a ON a.id = g.agent_id AND a.removed_at IS NULL
                        WHERE g.tenant_id = \(tenant) AND g.id = person_id AND g.ended_at IS NULL AND g.ends_at > \(now))
                    ELSE EXISTS (SELECT FROM patient p
                        WHERE p.tenant_id = \(tenant) AND p.id = person_id AND p.active) END
            RETURNING person_kind, person_id, generation, expires_at, ended_at IS NOT NULL
            """
    }

    /// Takes away sign-ins that nobody asks about any more.
    static func forgetEnded(in tenant: TenantID) -> SQL {
        """
        DELETE FROM sign_in WHERE tenant_id = \(tenant)
            AND least(coalesce(ended_at, expires_at), expires_at) < now() - interval '90 days'
        """
    }

    private static var lifetimeSeconds: Double { Double(lifetimeMax.components.seconds) }
}
