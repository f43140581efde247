import Database
import Tenancy
import TestKit
import Testing

/// Every table of a tenant, found in the catalogue and tried: a table that is born tomorrow is tried
/// tomorrow.
@Suite("Isolation of rows")
struct IsolationTests {
    @Test("no table shows or takes another clinic's rows, and a forgotten tenant is an error")
    func isolation() async throws {
        try await TestDatabase.withPlace { place in
            try await IsolationProbe.sow(place)
            let tables = try await IsolationProbe.tables(in: place),
                leaks = try await IsolationProbe.leaks(in: place)
            #expect(tables.count >= 13)
            #expect(leaks == [])
        }
    }

    @Test(
        "a database with one policy gone, weakened or switched off is caught by the probe and by the audit",
        arguments: [
            "DROP POLICY only_this_tenant ON patient",
            "ALTER TABLE patient DISABLE ROW LEVEL SECURITY",
            "ALTER POLICY only_this_tenant ON patient USING (true) WITH CHECK (true)",
            "ALTER POLICY only_this_tenant ON patient WITH CHECK (true)",
            "CREATE POLICY more ON patient FOR SELECT USING (true)",
        ])
    func mutant(script: String) async throws {
        try await TestDatabase.withPlace { place in
            try await IsolationProbe.sow(place)
            try await place.script(script)
            let leaks = try await IsolationProbe.leaks(in: place)
            let flaws = try await CatalogueAudit.flaws(in: place.database)
            #expect(leaks.contains { $0.hasPrefix("patient") })
            #expect(!flaws.isEmpty)
        }
    }

    @Test("no table of a chain shows or takes another chain's rows, and its own clinics share it")
    func chains() async throws {
        try await TestDatabase.withPlace { place in
            try await IsolationProbe.sowChains(place)
            let tables = try await IsolationProbe.chainTables(in: place)
            #expect(tables == ["role_template", "role_template_version"])
            #expect(try await IsolationProbe.chainLeaks(in: place) == [])
        }
    }

    @Test(
        "a chain's table with its policy gone or weakened is caught by the probe and by the audit",
        arguments: [
            "DROP POLICY only_this_organisation ON role_template",
            "ALTER POLICY only_this_organisation ON role_template USING (true) WITH CHECK (true)",
            "ALTER POLICY only_this_organisation ON role_template WITH CHECK (true)",
            "ALTER TABLE role_template DISABLE ROW LEVEL SECURITY",
        ])
    func chainMutant(script: String) async throws {
        try await TestDatabase.withPlace { place in
            try await IsolationProbe.sowChains(place)
            try await place.script(script)
            #expect(
                try await IsolationProbe.chainLeaks(in: place).contains { $0.hasPrefix("role_template:") })
            #expect(!(try await CatalogueAudit.flaws(in: place.database)).isEmpty)
        }
    }

    @Test("a clinic's role points at no template of another chain's, and a clinic that leaves keeps its role")
    func adopted() async throws {
        try await TestDatabase.withPlace { place in
            try await IsolationProbe.sowChains(place)
            func adopting(as clinic: Int, of chain: Int) -> String {
                """
                SELECT set_config('app.tenant_id', '\(clinic)', false);
                BEGIN;
                INSERT INTO own_role (tenant_id, id, slug, title, organisation_id, role_template_id, template_version)
                SELECT \(clinic), gen_random_uuid(), 'lead', 'Lead', '00000000-0000-7000-8000-00000000000\(chain)',
                    '00000000-0000-7000-8000-000000000009', 1;
                INSERT INTO own_role_version (tenant_id, own_role_id, version, body, saved_by)
                SELECT tenant_id, id, 1, '{}', id FROM own_role;
                COMMIT
                """
            }
            try await place.script(adopting(as: 3, of: 1), at: place.urls.app)
            for (clinic, chain) in [(2, 1), (4, 1), (1, 2)] {
                await #expect(throws: DatabaseError.self) {
                    try await place.script(adopting(as: clinic, of: chain), at: place.urls.app)
                }
            }
            try await place.script("UPDATE tenant SET organisation_id = NULL WHERE slug = 'three'")
            let left = try await place.script(
                """
                SELECT set_config('app.tenant_id', '3', false);
                UPDATE own_role SET title = 'Ours';
                SELECT title, (SELECT count(*) FROM role_template) FROM own_role
                """, at: place.urls.app)
            #expect(left == [["Ours", "0"]])
        }
    }

    @Test("the app reads nothing without a tenant, on a fresh session as on a used one")
    func forgotten() async throws {
        try await TestDatabase.withPlace { place in
            for prelude in ["", "BEGIN; SELECT set_config('app.tenant_id', '1', true); COMMIT; "] {
                await #expect(throws: DatabaseError.self) {
                    try await place.script(prelude + "SELECT count(*) FROM patient", at: place.urls.app)
                }
            }
        }
    }
}
