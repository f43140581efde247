import Testing

/// The rules on migrations, and how debts are settled, each against a planted fault.
@Suite("migrations and debts are judged rightly")
struct PlantedMigrationTests {
    private static let table = """
        CREATE TABLE visit (
          tenant_id int NOT NULL,  -- whose it is
          starts_at timestamptz NOT NULL,
          PRIMARY KEY (tenant_id, starts_at)
        );

        """
    private static let enable = "ALTER TABLE visit ENABLE ROW LEVEL SECURITY;\n"
    private static let force = "ALTER TABLE visit FORCE ROW LEVEL SECURITY;\n"

    @Test("columns are read without their constraints")
    func columns() {
        #expect(MigrationRules.tables(in: Self.table).map(\.columns) == [["tenant_id", "starts_at"]])
    }

    @Test(
        "a tenant's table that is not enabled and forced is found",
        arguments: [table, table + enable, table + force])
    func missingRowSecurity(sql: String) {
        #expect(MigrationRules.findings(path: "m.sql", sql: sql).map(\.rule) == [.rowSecurity])
    }

    @Test("a forced table, and one that holds no tenant's rows, are innocent")
    func rowSecurity() {
        let platform = "CREATE TABLE platform_key (\n  id int PRIMARY KEY\n);\n"
        #expect(
            MigrationRules.findings(path: "m.sql", sql: Self.table + Self.enable + Self.force + platform)
                == [])
    }

    @Test("a column is called by the house's word")
    func column() {
        let sql = "CREATE TABLE note (\n    user_id int,\n    at timestamptz\n);\n"
        #expect(
            MigrationRules.findings(path: "m.sql", sql: sql).map(\.words) == [
                "note.user_id: say Caller, not user"
            ])
    }

    @Test("a debt forgives exactly what it names, and a paid one is struck out")
    func debts() {
        let finding = Finding(rule: .nesting, path: "a.swift", line: 1, words: "4 deep")
        func debt(_ count: Int, _ path: String = "a.swift") -> [Debt] {
            [Debt(path: path, rule: .nesting, count: count, reason: "a planted one")]
        }
        #expect(settle([finding], against: debt(1)).open == [])
        #expect(settle([finding], against: debt(1)).stale == [])
        #expect(settle([finding, finding], against: debt(1)).open.count == 2)
        #expect(settle([finding], against: debt(2)).stale.count == 1)
        #expect(settle([finding], against: debt(1, "b.swift")).open == [finding])
        #expect(settle([finding], against: debt(1, "b.swift")).stale.count == 1)
    }
}
