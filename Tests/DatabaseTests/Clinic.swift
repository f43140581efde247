import Database
import TestKit
import Vocabulary

/// A table with rows of two tenants under row security, as the product's tables are.
enum Clinic {
    static let (first, second) = (TenantID(number: 1), TenantID(number: 2))

    static let schema = """
        SET ROLE nadi_owner;
        CREATE TABLE chair (
            tenant_id int NOT NULL, id int NOT NULL, label text NOT NULL DEFAULT '',
            PRIMARY KEY (tenant_id, id), CONSTRAINT chair_has_a_positive_number CHECK (id > 0));
        ALTER TABLE chair ENABLE ROW LEVEL SECURITY;
        ALTER TABLE chair FORCE ROW LEVEL SECURITY;
        CREATE POLICY only_this_tenant ON chair
            USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
            WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));
        CREATE TABLE platform_access (reason text NOT NULL, at timestamptz NOT NULL DEFAULT now());
        GRANT SELECT, INSERT, UPDATE, DELETE ON chair TO nadi_app, nadi_platform;
        GRANT INSERT, SELECT ON platform_access TO nadi_platform;
        RESET ROLE;
        INSERT INTO chair SELECT t, c, 'chair ' || t FROM generate_series(1, 2) t, generate_series(1, 100) c;
        """

    /// Runs a test in a database with that table, at clinic 1.
    static func with(
        loops: Int = 1, _ body: @escaping @Sendable (TestPlace, TenantDatabase) async throws -> Void
    ) async throws {
        try await TestDatabase.withPlace(.empty, loops: loops) { place in
            try await place.script(schema)
            try await body(place, place.database.clinic(first))
        }
    }
}
