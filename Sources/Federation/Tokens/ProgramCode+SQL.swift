import Database
import Identity
import Vocabulary

extension ProgramCode {
    func insert(
        for wish: AuthorizationWish, of visitor: Visitor, at now: Instant, in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO program_code (tenant_id, digest, program_id, sign_in_id, redirect, scopes, nonce, challenge,
            expires_at)
        VALUES (\(tenant), \(digest), \(wish.program), \(visitor.session), \(wish.redirect), \(wish.scopes),
            \(wish.nonce), \(wish.challenge), \(now + Self.lifetime))
        """
    }

    /// Counts a use, whoever makes it and whatever else is wrong with it: of two at once one is the first.
    func use(in tenant: TenantID) -> SQL {
        """
        UPDATE program_code SET uses = least(uses + 1, 2) WHERE tenant_id = \(tenant) AND digest = \(digest)
        RETURNING program_id, sign_in_id, redirect, scopes, nonce, challenge, expires_at, uses, program_sign_in_id
        """
    }

    /// Remembers what the first use gave.
    func note(_ given: ID<ProgramSignIn>, in tenant: TenantID) -> SQL {
        """
        UPDATE program_code SET program_sign_in_id = \(given) WHERE tenant_id = \(tenant) AND digest = \(digest)
        """
    }

    /// Takes away what has been over for a day.
    static func forgetOld(in tenant: TenantID) -> SQL {
        "DELETE FROM program_code WHERE tenant_id = \(tenant) AND expires_at < now() - interval '1 day'"
    }
}

extension UsedCode: FromRow {
    init(_ row: inout Row) throws {
        (program, session, redirect) = (try row.next(), try row.next(), try row.next())
        (scopes, nonce, challenge) = (try row.next(), try row.next(), try row.next())
        (expiresAt, uses) = (try row.next(), try row.next())
        given = try row.next()
    }
}

/// What a person has let a program know, as the row has it.
struct GivenScopes: FromRow {
    let scopes: [OpenIDScope]

    init(_ row: inout Row) throws { scopes = try row.next() }
}
