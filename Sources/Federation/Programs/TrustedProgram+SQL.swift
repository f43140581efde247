public import Database
import Vocabulary

extension TrustedProgram: FromRow {
    private static let columns: SQL =
        """
        id, name, redirects, scopes, sign_out_redirects, token_algorithm, secret_digest IS NOT NULL, version, created_at
        """

    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        (id, name, redirects) = (try row.next(), try row.next(), try row.next())
        (scopes, signOutRedirects) = (try row.next(), try row.next())
        (algorithm, keepsSecret) = (try row.next(), try row.next())
        (version, createdAt) = (try row.next(), try row.next())
    }

    static func all(in tenant: TenantID) -> SQL {
        "SELECT \(columns) FROM trusted_program WHERE tenant_id = \(tenant) ORDER BY id"
    }

    static func withID(_ id: ID<TrustedProgram>, in tenant: TenantID) -> SQL {
        "SELECT \(columns) FROM trusted_program WHERE tenant_id = \(tenant) AND id = \(id)"
    }

    /// By which those who add programs to one clinic wait for each other.
    static func addingLock(of tenant: TenantID) -> Int64 {
        0x7072_6F67_7261_6D00 ^ Int64(tenant.number)
    }

    /// No row when the clinic has as many as it may. Whoever asks holds `addingLock`.
    static func insert(
        _ id: ID<TrustedProgram>, saying words: ProgramWords, secret: ProgramSecret?, at now: Instant,
        in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO trusted_program (tenant_id, id, name, redirects, scopes, sign_out_redirects, token_algorithm,
            secret_digest, created_at)
        SELECT \(tenant), \(id), \(words.name), \(words.redirects), \(words.scopes), \(words.signOutRedirects),
            \(words.algorithm), \(secret?.digest), \(now)
        WHERE (SELECT count(*) FROM trusted_program WHERE tenant_id = \(tenant)) < \(most)
        RETURNING \(columns)
        """
    }

    /// What is nil stays as it is.
    static func change(_ id: ID<TrustedProgram>, to words: ProgramWords, in tenant: TenantID) -> SQL {
        """
        UPDATE trusted_program SET name = coalesce(\(words.name), name),
            redirects = coalesce(\(words.redirects), redirects), scopes = coalesce(\(words.scopes), scopes),
            sign_out_redirects = coalesce(\(words.signOutRedirects), sign_out_redirects),
            token_algorithm = coalesce(\(words.algorithm), token_algorithm), version = version + 1
        WHERE tenant_id = \(tenant) AND id = \(id) RETURNING \(columns)
        """
    }

    /// No row for a program that keeps no secret.
    static func rotate(
        _ id: ID<TrustedProgram>, to secret: ProgramSecret, until end: Instant, in tenant: TenantID
    ) -> SQL {
        """
        UPDATE trusted_program SET secret_digest = \(secret.digest), secret_digest_before = secret_digest,
            before_until = \(end), version = version + 1
        WHERE tenant_id = \(tenant) AND id = \(id) AND secret_digest IS NOT NULL RETURNING \(columns)
        """
    }

    /// All that it was given goes with it.
    static func remove(_ id: ID<TrustedProgram>, in tenant: TenantID) -> SQL {
        "DELETE FROM trusted_program WHERE tenant_id = \(tenant) AND id = \(id)"
    }
}

extension ProgramProof.Known: FromRow {
    init(_ row: inout Row) throws {
        (digest, digestBefore, beforeUntil) = (try row.next(), try row.next(), try row.next())
        algorithm = try row.next()
    }

    static func read(_ id: ID<TrustedProgram>, in tenant: TenantID) -> SQL {
        """
        SELECT secret_digest, secret_digest_before, before_until, token_algorithm FROM trusted_program
        WHERE tenant_id = \(tenant) AND id = \(id)
        """
    }
}
