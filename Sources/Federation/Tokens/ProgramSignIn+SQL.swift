public import Database
import Identity
import Vocabulary

extension ProgramSignIn.Ending: SQLValue {}

extension ProgramSignIn: FromRow {
    init(_ row: inout Row) throws {
        (id, scopes, generation) = (try row.next(), try row.next(), try row.next())
        (expiresAt, isReuse) = (try row.next(), try row.next())
    }

    /// It lasts as long as the sign-in that it comes from.
    static func insert(
        _ id: ID<ProgramSignIn>, of code: UsedCode, until end: Instant, at now: Instant, in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO program_sign_in (tenant_id, id, program_id, sign_in_id, scopes, created_at, rotated_at, expires_at)
        VALUES (\(tenant), \(id), \(code.program), \(code.session), \(code.scopes), \(now), \(now), \(end))
        """
    }

    /// Decides in one statement, as with the house's own refresh tokens: the latest is followed by a new one,
    /// the one before it gets the latest within its grace, any other has been copied. No row: it is over, or
    /// another program's, or the sign-in or its person is gone.
    static func take(
        _ token: ProgramToken, by program: ID<TrustedProgram>, at now: Instant, in tenant: TenantID
    ) -> SQL {
        let given = token.number
        let reuse: SQL = """
            (\(given) < f.generation - 1 OR \(given) = f.generation - 1 AND f.rotated_at < \(now - grace))
            """
        return """
            UPDATE program_sign_in f
            SET generation = CASE WHEN f.generation = \(given) THEN f.generation + 1 ELSE f.generation END,
                rotated_at = CASE WHEN f.generation = \(given) THEN \(now) ELSE f.rotated_at END,
                ended_at = CASE WHEN \(reuse) THEN \(now) END,
                end_reason = CASE WHEN \(reuse) THEN 'reused' END
            FROM sign_in i
            WHERE f.tenant_id = \(tenant) AND f.id = \(token.family) AND f.program_id = \(program)
                AND f.ended_at IS NULL AND f.expires_at > \(now) AND \(given) <= f.generation
                AND i.tenant_id = \(tenant) AND i.id = f.sign_in_id AND i.ended_at IS NULL AND i.expires_at > \(now)
                AND CASE i.person_kind
                    WHEN 'staff' THEN EXISTS (SELECT FROM staff_member p
                        WHERE p.tenant_id = \(tenant) AND p.id = i.person_id AND p.active)
                    ELSE EXISTS (SELECT FROM patient p
                        WHERE p.tenant_id = \(tenant) AND p.id = i.person_id AND p.active) END
            RETURNING f.id, f.scopes, f.generation, f.expires_at, f.ended_at IS NOT NULL
            """
    }

    static func end(_ id: ID<ProgramSignIn>, because ending: Ending, at now: Instant, in tenant: TenantID)
        -> SQL
    {
        """
        UPDATE program_sign_in SET ended_at = \(now), end_reason = \(ending)
        WHERE tenant_id = \(tenant) AND id = \(id) AND ended_at IS NULL
        """
    }

    /// Ends what that very program was given.
    static func giveBack(
        _ id: ID<ProgramSignIn>, by program: ID<TrustedProgram>, at now: Instant, in tenant: TenantID
    ) -> SQL {
        """
        UPDATE program_sign_in SET ended_at = \(now), end_reason = 'revoked'
        WHERE tenant_id = \(tenant) AND id = \(id) AND program_id = \(program) AND ended_at IS NULL
        """
    }
}

extension KnownToProgram: FromRow {
    /// Reads a row of `read`.
    public init(_ row: inout Row) throws {
        (scopes, person) = (try row.next(), Person(try row.next(), try row.next()))
        (name, language) = (try row.next(), try row.next())
        (email, isEmailProven) = (try row.next(), try row.next())
        (phone, isPhoneProven) = (try row.next(), try row.next())
    }

    /// What the rows say now of the person whose token it is, while it and the sign-in last.
    static func read(_ family: ID<ProgramSignIn>, at now: Instant, in tenant: TenantID) -> SQL {
        """
        SELECT f.scopes, i.person_kind, i.person_id, coalesce(s.name, p.name), p.language,
            coalesce(s.email, p.email), coalesce(s.email_verified_at, p.email_verified_at) IS NOT NULL,
            coalesce(s.phone, p.phone), coalesce(s.phone_verified_at, p.phone_verified_at) IS NOT NULL
        FROM program_sign_in f
        JOIN sign_in i ON i.tenant_id = f.tenant_id AND i.id = f.sign_in_id AND i.ended_at IS NULL
            AND i.expires_at > \(now)
        LEFT JOIN staff_member s ON i.person_kind = 'staff' AND s.tenant_id = i.tenant_id AND s.id = i.person_id
            AND s.active
        LEFT JOIN patient p ON i.person_kind = 'patient' AND p.tenant_id = i.tenant_id AND p.id = i.person_id
            AND p.active
        WHERE f.tenant_id = \(tenant) AND f.id = \(family) AND f.ended_at IS NULL AND f.expires_at > \(now)
            AND (s.id IS NOT NULL OR p.id IS NOT NULL)
        """
    }
}
