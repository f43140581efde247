/// What the migrator says to the server.
enum MigrationSQL {
    /// Any number will do, as long as it never changes.
    static let lock = "SELECT pg_advisory_lock(7234017283807667300)"
    static let begin = "BEGIN; SET LOCAL lock_timeout = '2s'"
    static let commit = "COMMIT"
    static let digest = "SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex')"
    static let hasTable = "SELECT to_regclass('public.schema_migration') IS NOT NULL"
    static let record = "INSERT INTO schema_migration (version, file, sha256) VALUES ($1::int, $2, $3)"

    static func applied(isThere: Bool) -> String {
        isThere ? "SELECT version, file, sha256 FROM schema_migration ORDER BY version" : "SELECT WHERE false"
    }

    static func count(isThere: Bool) -> String {
        isThere ? "SELECT coalesce(max(version), 0) FROM schema_migration" : "SELECT 0"
    }
}

/// What makes the owner the owner, also in a database that an administrator made; then becomes the owner.
let ownerStatements: [String] = [
    """
    DO $$ BEGIN
        EXECUTE format('GRANT CONNECT, CREATE, TEMPORARY ON DATABASE %I TO nadi_owner', current_database());
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO nadi_app, nadi_auditor, nadi_platform, nadi_worker',
            current_database());
    END $$
    """,
    "GRANT ALL ON SCHEMA public TO nadi_owner",
    "SET ROLE nadi_owner",
    """
    CREATE TABLE IF NOT EXISTS schema_migration (
        version int PRIMARY KEY, file text NOT NULL, sha256 text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now())
    """,
]

/// Makes the roles that are missing. Safe to run again, and by any administrator who may create roles.
let roleStatements: [String] = [
    "nadi_owner", "nadi_app", "nadi_auditor", "nadi_platform", "nadi_worker",
].map { role in
    """
    DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '\(role)') THEN \
    CREATE ROLE \(role) LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION; END IF; END $$
    """
}
