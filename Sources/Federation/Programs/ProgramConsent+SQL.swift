public import Database
import Identity
import Vocabulary

extension ProgramConsent: FromRow {
    /// Reads a row of `all`.
    public init(_ row: inout Row) throws {
        (program, name) = (try row.next(), try row.next())
        (scopes, givenAt) = (try row.next(), try row.next())
    }

    /// Everything that a person has let programs know, the latest first.
    static func all(of person: Person, in tenant: TenantID) -> SQL {
        """
        SELECT c.program_id, p.name, c.scopes, c.given_at FROM program_consent c
        JOIN trusted_program p ON p.tenant_id = c.tenant_id AND p.id = c.program_id
        WHERE c.tenant_id = \(tenant) AND c.person_kind = \(person.kind) AND c.person_id = \(person.id)
        ORDER BY c.given_at DESC, c.program_id
        """
    }

    /// Takes the word back.
    static func withdraw(from program: ID<TrustedProgram>, of person: Person, in tenant: TenantID) -> SQL {
        """
        DELETE FROM program_consent WHERE tenant_id = \(tenant) AND program_id = \(program)
            AND person_kind = \(person.kind) AND person_id = \(person.id)
        """
    }

    /// Ends what the program was given of that person.
    static func endAll(
        of person: Person, at program: ID<TrustedProgram>, at now: Instant, in tenant: TenantID
    ) -> SQL {
        """
        UPDATE program_sign_in f SET ended_at = \(now), end_reason = 'revoked'
        FROM sign_in i
        WHERE f.tenant_id = \(tenant) AND f.program_id = \(program) AND f.ended_at IS NULL
            AND i.tenant_id = f.tenant_id AND i.id = f.sign_in_id
            AND i.person_kind = \(person.kind) AND i.person_id = \(person.id)
        """
    }

    static func read(_ program: ID<TrustedProgram>, of visitor: Visitor, in tenant: TenantID) -> SQL {
        """
        SELECT scopes FROM program_consent WHERE tenant_id = \(tenant) AND program_id = \(program)
            AND person_kind = \(visitor.person.kind) AND person_id = \(visitor.person.id)
        """
    }

    /// Adds to what was given before.
    static func give(
        _ scopes: [OpenIDScope], to program: ID<TrustedProgram>, by visitor: Visitor, at now: Instant,
        in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO program_consent AS kept (tenant_id, program_id, person_kind, person_id, scopes, given_at)
        VALUES (\(tenant), \(program), \(visitor.person.kind), \(visitor.person.id), \(scopes), \(now))
        ON CONFLICT (tenant_id, program_id, person_kind, person_id) DO UPDATE SET given_at = excluded.given_at,
            scopes = ARRAY(SELECT DISTINCT unnest(kept.scopes || excluded.scopes))
        """
    }
}
