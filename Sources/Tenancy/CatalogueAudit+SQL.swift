public import Database

/// Proves from PostgreSQL's own catalogue that no table, key, view, function or right lets one clinic reach
/// another.
///
/// A table that is born without a policy is found by the next test run and by `nadi doctor`, whoever made
/// it.
public enum CatalogueAudit {
    /// Tables read before a tenant is known, or never on behalf of one. Any other table has a `tenant_id`, or
    /// the `organisation_id` of the chain whose clinics share it, and the policy that belongs to it.
    public static let platformTables = [
        "job_lane", "job_worker", "organisation", "organisation_configuration", "person",
        "person_identifier", "platform_access",
        "program_signing_key", "schema_migration", "signing_key", "support_agent", "tenant", "tenant_domain",
    ]

    /// Every flaw there is; none is what it should find. Any login may ask.
    public static func flaws(in database: Database) async throws -> [CatalogueFlaw] {
        try await database.platformRows(flaws(platformTables), as: CatalogueFlaw.self)
    }

    private static func flaws(_ platformTables: [String]) -> SQL {
        """
        WITH \(catalogue), plain AS (
            SELECT * FROM relation WHERE relkind IN ('r', 'p') AND NOT relispartition
        ), listed AS (
            SELECT unnest(\(platformTables)) AS relname
        ), kept AS (
            SELECT * FROM plain WHERE holder IS NOT NULL AND relname::text NOT IN (SELECT relname FROM listed)
        ), \(policies), \(rights)
        SELECT rule, subject FROM (
            \(tableFlaws) UNION ALL \(policyFlaws) UNION ALL \(keyFlaws) UNION ALL \(bypassFlaws)
            UNION ALL \(grantFlaws) UNION ALL \(loginFlaws)
        ) flaw (rule, subject) ORDER BY rule, subject
        """
    }
}

extension CatalogueFlaw: FromRow {
    /// Reads the rule's word and the subject.
    public init(_ row: inout Row) throws {
        self.init(try row.next(), try row.next())
    }
}

extension CatalogueFlaw.Rule: SQLValue {}

extension CatalogueAudit {
    /// Our relations and routines (not an extension's), and our logins. Whose a row is says the column of its
    /// holder: the tenant's, or the chain's where there is no tenant.
    private static let catalogue: SQL = """
        login AS (
            SELECT oid, rolname FROM pg_roles
            WHERE rolname IN ('nadi_app', 'nadi_auditor', 'nadi_platform', 'nadi_worker')
        ), ours AS (
            SELECT oid, nspname, nspowner, nspacl FROM pg_namespace
            WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
        ), foreigner AS (
            SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
        ), relation AS (
            SELECT c.*, t.attnum AS tenant, o.attnum AS chain, coalesce(t.attnum, o.attnum) AS holder,
                coalesce(t.attnotnull, o.attnotnull) AS is_held, coalesce(t.atttypid, o.atttypid) AS holder_type
            FROM pg_class c JOIN ours ON ours.oid = c.relnamespace
            LEFT JOIN pg_attribute t ON t.attrelid = c.oid AND t.attname = 'tenant_id' AND NOT t.attisdropped
            LEFT JOIN pg_attribute o ON o.attrelid = c.oid AND o.attname = 'organisation_id' AND NOT o.attisdropped
            WHERE ('pg_class'::regclass::oid, c.oid) NOT IN (SELECT classid, objid FROM foreigner)
        ), routine AS (
            SELECT p.* FROM pg_proc p JOIN ours ON ours.oid = p.pronamespace
            WHERE ('pg_proc'::regclass::oid, p.oid) NOT IN (SELECT classid, objid FROM foreigner)
        )
        """

    /// What each policy of a table is: the one that keeps tenants apart, or chains, the platform's own, or
    /// another. A chain is whatever the tenant at work belongs to.
    private static let policies: SQL = """
        rule (is_chains, text) AS (
            VALUES (false,
                '(tenant_id = ( SELECT (current_setting(''app.tenant_id''::text))::integer AS current_setting))'),
            (true, '(organisation_id = ( SELECT tenant.organisation_id FROM tenant WHERE (tenant.id = '
                '( SELECT (current_setting(''app.tenant_id''::text))::integer AS current_setting))))')
        ), policy AS (
            SELECT k.oid, k.relname, p.polname, p.polpermissive,
                p.polpermissive AND p.polcmd = '*' AND p.polroles = '{0}'
                    AND regexp_replace(pg_get_expr(p.polqual, k.oid), '\\s+', ' ', 'g') = rule.text
                    AND regexp_replace(pg_get_expr(p.polwithcheck, k.oid), '\\s+', ' ', 'g') = rule.text AS keeps,
                EXISTS (
                    SELECT FROM login WHERE p.polroles = ARRAY[login.oid]
                        AND (rolname, p.polname::text) IN (('nadi_platform', 'platform_' || k.relname),
                            ('nadi_worker', 'worker_' || k.relname))) AS platforms
            FROM kept k JOIN pg_policy p ON p.polrelid = k.oid JOIN rule ON rule.is_chains = (k.tenant IS NULL)
        )
        """

    /// Every right on a relation or on one of its columns that is not its owner's.
    private static let rights: SQL = """
        given AS (
            SELECT r.oid, r.relname, r.relkind, r.relispartition, g.grantee, g.privilege_type AS may,
                CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END AS holder
            FROM relation r, LATERAL (
                SELECT * FROM aclexplode(r.relacl)
                UNION SELECT e.* FROM pg_attribute a, aclexplode(a.attacl) e WHERE a.attrelid = r.oid
            ) g
            WHERE g.grantee <> r.relowner
        )
        """

    private static let tableFlaws: SQL = """
        SELECT 'table-unlisted', relname::text FROM plain
        WHERE holder IS NULL AND relname::text NOT IN (SELECT relname FROM listed)
        UNION ALL SELECT 'foreign-table', relname FROM relation WHERE relkind = 'f'
        UNION ALL SELECT 'row-security-off', relname FROM kept WHERE NOT relrowsecurity
        UNION ALL SELECT 'row-security-not-forced', relname FROM kept WHERE relrowsecurity
            AND NOT relforcerowsecurity
        UNION ALL SELECT 'tenant-nullable', relname FROM kept WHERE NOT is_held
        UNION ALL SELECT 'tenant-not-integer', relname FROM kept
        WHERE holder_type <> CASE WHEN tenant IS NULL THEN 'uuid'::regtype ELSE 'int4'::regtype END
        """

    private static let policyFlaws: SQL = """
        SELECT 'policy-missing', relname FROM kept
        WHERE NOT EXISTS (SELECT FROM policy WHERE policy.oid = kept.oid AND keeps)
        UNION ALL SELECT 'policy-extra', relname || '.' || polname FROM policy
        WHERE polpermissive AND NOT keeps AND NOT platforms
        """

    /// A role of a clinic's own and its live version name each other. Whoever writes them awaits a statement
    /// and so has a commit of their own: no other constraint may wait for one.
    private static let keyFlaws: SQL = """
        SELECT 'primary-key-missing', relname FROM kept
        WHERE NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = kept.oid AND i.indisprimary)
        UNION ALL SELECT 'key-without-tenant', relname || '.' || i.indexrelid::regclass::text
        FROM kept JOIN pg_index i ON i.indrelid = kept.oid
        WHERE (i.indisunique OR i.indisexclusion) AND i.indkey[0] <> kept.holder
        UNION ALL SELECT 'foreign-key-without-tenant', r.relname || '.' || f.conname
        FROM relation r JOIN pg_constraint f ON f.conrelid = r.oid AND f.contype = 'f'
        JOIN kept ON kept.oid = f.confrelid
        WHERE NOT EXISTS (
            SELECT FROM unnest(f.conkey, f.confkey) pair (here, there)
            WHERE there = kept.holder AND here = CASE WHEN kept.tenant IS NULL THEN r.chain ELSE r.tenant END)
        UNION ALL SELECT 'constraint-not-validated', r.relname || '.' || f.conname
        FROM relation r JOIN pg_constraint f ON f.conrelid = r.oid WHERE NOT f.convalidated
        UNION ALL SELECT 'constraint-deferrable', r.relname || '.' || f.conname
        FROM relation r JOIN pg_constraint f ON f.conrelid = r.oid
        WHERE f.condeferrable AND f.conname <> 'own_role_live_version_exists'
        UNION ALL SELECT 'index-invalid', i.indexrelid::regclass::text
        FROM relation r JOIN pg_index i ON i.indrelid = r.oid WHERE NOT i.indisvalid
        UNION ALL SELECT 'trigger-disabled', r.relname || '.' || g.tgname
        FROM relation r JOIN pg_trigger g ON g.tgrelid = r.oid WHERE g.tgenabled NOT IN ('O', 'A')
        """

    /// Ways round a policy: other owners' eyes, copies, functions.
    private static let bypassFlaws: SQL = """
        SELECT 'view-without-invoker', relname FROM relation
        WHERE relkind = 'v' AND NOT coalesce(
            reloptions && ARRAY['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false)
        UNION ALL SELECT 'materialized-view', relname FROM relation WHERE relkind = 'm'
        UNION ALL SELECT 'definer-without-search-path', proname FROM routine
        WHERE prosecdef AND NOT EXISTS (SELECT FROM unnest(proconfig) line WHERE line LIKE 'search_path=%')
        UNION ALL SELECT 'definer-open-to-app', proname FROM routine
        WHERE prosecdef AND has_function_privilege((SELECT oid FROM login
            WHERE rolname = 'nadi_app'), oid, 'EXECUTE')
        UNION ALL SELECT 'leakproof-claim', proname FROM routine WHERE proleakproof
        """

    private static let grantFlaws: SQL = """
        SELECT 'partition-granted', relname || ' to ' || holder FROM given WHERE relispartition
        UNION ALL SELECT 'sequence-granted', relname || ' to ' || holder FROM given WHERE relkind = 'S'
        UNION ALL SELECT 'granted-to-stranger', relname || ' to ' || holder FROM given
        WHERE grantee NOT IN (SELECT oid FROM login)
        UNION ALL SELECT 'grant-too-wide', relname || ': ' || may FROM given
        WHERE may IN ('TRUNCATE', 'REFERENCES', 'TRIGGER') AND relkind <> 'S'
        UNION ALL SELECT 'trail-can-be-changed', relname || ': ' || may FROM given
        WHERE relname IN ('audit_event', 'audit_segment', 'audit_receipt', 'platform_access')
            AND may IN ('UPDATE', 'DELETE')
        UNION ALL SELECT 'schema-open', ours.nspname || ' to '
            || CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END
        FROM ours, aclexplode(ours.nspacl) g
        WHERE g.privilege_type = 'CREATE' AND (g.grantee = 0 OR g.grantee IN (SELECT oid FROM login))
        """

    private static let loginFlaws: SQL = """
        SELECT 'login-owns', rolname || ': ' || possession FROM login JOIN (
            SELECT relowner AS owner, relname::text AS possession FROM relation WHERE relkind <> 'i'
            UNION ALL SELECT proowner, proname FROM routine
            UNION ALL SELECT nspowner, nspname FROM ours
            UNION ALL SELECT datdba, datname FROM pg_database WHERE datname = current_database()
        ) owned ON owner = login.oid
        UNION ALL SELECT 'login-too-powerful', rolname FROM pg_roles
        WHERE oid IN (SELECT oid FROM login)
            AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)
        UNION ALL SELECT 'login-is-a-member', rolname || ' of ' || m.roleid::regrole::text
        FROM login JOIN pg_auth_members m ON m.member = login.oid
        UNION ALL SELECT 'login-missing', wanted
        FROM unnest(ARRAY['nadi_app', 'nadi_auditor', 'nadi_platform', 'nadi_worker']) wanted
        WHERE wanted NOT IN (SELECT rolname FROM login)
        """
}
