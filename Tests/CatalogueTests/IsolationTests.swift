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
