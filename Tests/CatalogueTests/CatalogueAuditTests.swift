import Database
import Tenancy
import TestKit
import Testing

@Suite("The catalogue audit")
struct CatalogueAuditTests {
    @Test("the database as migrated has no flaw, whoever asks")
    func sound() async throws {
        try await TestDatabase.withPlace { place in
            let flaws = try await CatalogueAudit.flaws(in: place.database)
            #expect(flaws == [])
        }
    }

    @Test("each planted fault is found, and nothing else", arguments: PlantedFault.all)
    func planted(fault: PlantedFault) async throws {
        try await TestDatabase.withPlace { place in
            try await place.script(fault.script)
            let flaws = try await CatalogueAudit.flaws(in: place.database)
            #expect(flaws == fault.flaws)
        }
    }

    @Test("every rule that touches this database alone is planted at least once")
    func complete() {
        // Logins belong to the cluster, which other tests share at this very moment, and a foreign table
        // needs a second server: those rules are not planted here.
        let planted = Set(PlantedFault.all.flatMap(\.flaws).map(\.rule))
        let shared: Set<CatalogueFlaw.Rule> = [
            .loginMissing, .loginTooPowerful, .loginIsAMember, .foreignTable,
        ]
        #expect(Set(CatalogueFlaw.Rule.allCases).subtracting(planted) == shared)
    }
}

/// A mistake that somebody could make in a migration, and what the audit must say of it.
struct PlantedFault: Sendable, CustomTestStringConvertible {
    let script: String
    let flaws: [CatalogueFlaw]
    var testDescription: String { script }

    init(_ script: String, _ flaws: CatalogueFlaw...) { (self.script, self.flaws) = (script, flaws) }

    static let all = tables + keys + bypasses + grants

    private static let tables = [
        PlantedFault("CREATE TABLE stray (id int PRIMARY KEY)", .init(.tableUnlisted, "stray")),
        PlantedFault(
            "CREATE TABLE bare (tenant_id int NOT NULL, id int, PRIMARY KEY (tenant_id, id))",
            .init(.policyMissing, "bare"), .init(.rowSecurityOff, "bare")),
        PlantedFault(
            "ALTER TABLE patient NO FORCE ROW LEVEL SECURITY", .init(.rowSecurityNotForced, "patient")),
        PlantedFault("ALTER TABLE patient DISABLE ROW LEVEL SECURITY", .init(.rowSecurityOff, "patient")),
        PlantedFault("DROP POLICY only_this_tenant ON patient", .init(.policyMissing, "patient")),
        PlantedFault(
            "CREATE POLICY everybody ON patient USING (true)", .init(.policyExtra, "patient.everybody")),
        PlantedFault(
            "CREATE POLICY platform_patient ON patient TO nadi_app USING (true)",
            .init(.policyExtra, "patient.platform_patient")),
        PlantedFault(
            "ALTER POLICY only_this_tenant ON patient WITH CHECK (true)",
            .init(.policyExtra, "patient.only_this_tenant"), .init(.policyMissing, "patient")),
        PlantedFault(
            """
            CREATE TABLE loose (tenant_id bigint, id int, UNIQUE (tenant_id, id));
            ALTER TABLE loose ENABLE ROW LEVEL SECURITY; ALTER TABLE loose FORCE ROW LEVEL SECURITY;
            CREATE POLICY only_this_tenant ON loose
                USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
                WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int))
            """,
            .init(.primaryKeyMissing, "loose"), .init(.tenantNotInteger, "loose"),
            .init(.tenantNullable, "loose")),
        PlantedFault(
            "DROP POLICY only_this_organisation ON role_template", .init(.policyMissing, "role_template")),
        PlantedFault(
            "ALTER TABLE role_template NO FORCE ROW LEVEL SECURITY",
            .init(.rowSecurityNotForced, "role_template")),
        PlantedFault(
            """
            ALTER POLICY only_this_organisation ON role_template USING (organisation_id IN (
                SELECT organisation_id FROM tenant))
            """,
            .init(.policyExtra, "role_template.only_this_organisation"),
            .init(.policyMissing, "role_template")),
        PlantedFault(
            """
            CREATE TABLE chained (organisation_id text, id int);
            ALTER TABLE chained ENABLE ROW LEVEL SECURITY; ALTER TABLE chained FORCE ROW LEVEL SECURITY;
            CREATE POLICY only_this_tenant ON chained
                USING (organisation_id = (SELECT current_setting('app.tenant_id')))
                WITH CHECK (organisation_id = (SELECT current_setting('app.tenant_id')))
            """,
            .init(.policyExtra, "chained.only_this_tenant"), .init(.policyMissing, "chained"),
            .init(.primaryKeyMissing, "chained"), .init(.tenantNotInteger, "chained"),
            .init(.tenantNullable, "chained")),
    ]

    private static let keys = [
        PlantedFault(
            "CREATE UNIQUE INDEX one_phone ON patient (phone)",
            .init(.keyWithoutTenant, "patient.one_phone")),
        PlantedFault(
            """
            ALTER TABLE reservation ADD CONSTRAINT whole EXCLUDE USING gist (
                resource_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
            """, .init(.keyWithoutTenant, "reservation.whole")),
        PlantedFault(
            """
            CREATE UNIQUE INDEX one_location ON location (id);
            ALTER TABLE appointment ADD CONSTRAINT anywhere FOREIGN KEY (location_id) REFERENCES location (id)
            """,
            .init(.foreignKeyWithoutTenant, "appointment.anywhere"),
            .init(.keyWithoutTenant, "location.one_location")),
        PlantedFault(
            """
            CREATE UNIQUE INDEX one_template ON role_template (id);
            ALTER TABLE own_role ADD CONSTRAINT anybodys FOREIGN KEY (role_template_id) REFERENCES role_template (id)
            """,
            .init(.foreignKeyWithoutTenant, "own_role.anybodys"),
            .init(.keyWithoutTenant, "role_template.one_template")),
        PlantedFault(
            "ALTER TABLE patient ADD CONSTRAINT hoped CHECK (name <> '') NOT VALID",
            .init(.constraintNotValidated, "patient.hoped")),
        PlantedFault(
            "ALTER TABLE patient ADD CONSTRAINT late UNIQUE (tenant_id, phone, id) DEFERRABLE",
            .init(.constraintDeferrable, "patient.late")),
        PlantedFault(
            """
            CREATE CONSTRAINT TRIGGER late AFTER UPDATE ON location DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION tell_tenant_changed()
            """, .init(.constraintDeferrable, "location.late")),
        PlantedFault(
            "ALTER TABLE location DISABLE TRIGGER tell_tenant_changed",
            .init(.triggerDisabled, "location.tell_tenant_changed")),
        PlantedFault(
            """
            CREATE INDEX half ON patient (tenant_id, birth_date);
            UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'half'::regclass
            """, .init(.indexInvalid, "half")),
    ]

    private static let bypasses = [
        PlantedFault(
            "CREATE VIEW all_patients AS SELECT * FROM patient", .init(.viewWithoutInvoker, "all_patients")),
        PlantedFault(
            "CREATE VIEW own_patients WITH (security_invoker = true) AS SELECT * FROM patient"),
        PlantedFault("CREATE MATERIALIZED VIEW count AS SELECT 1 AS one", .init(.materializedView, "count")),
        PlantedFault(
            "CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT 1::bigint'",
            .init(.definerOpenToApp, "peek"), .init(.definerWithoutSearchPath, "peek")),
        PlantedFault(
            """
            CREATE FUNCTION peek() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
                AS 'SELECT 1';
            REVOKE EXECUTE ON FUNCTION peek() FROM PUBLIC
            """),
        PlantedFault(
            "CREATE FUNCTION sure(int) RETURNS boolean LANGUAGE sql LEAKPROOF AS 'SELECT true'",
            .init(.leakproofClaim, "sure")),
    ]

    private static let grants = [
        PlantedFault("GRANT TRUNCATE ON patient TO nadi_app", .init(.grantTooWide, "patient: TRUNCATE")),
        PlantedFault(
            "GRANT SELECT (name) ON patient TO PUBLIC", .init(.grantedToStranger, "patient to PUBLIC")),
        PlantedFault(
            "GRANT UPDATE (detail) ON audit_event TO nadi_app",
            .init(.trailCanBeChanged, "audit_event: UPDATE")),
        PlantedFault(
            "GRANT DELETE ON audit_segment TO nadi_app",
            .init(.trailCanBeChanged, "audit_segment: DELETE")),
        PlantedFault(
            "GRANT DELETE ON platform_access TO nadi_platform",
            .init(.trailCanBeChanged, "platform_access: DELETE")),
        PlantedFault(
            "GRANT USAGE ON SEQUENCE outbox_sequence_seq TO nadi_app",
            .init(.sequenceGranted, "outbox_sequence_seq to nadi_app")),
        PlantedFault("GRANT CREATE ON SCHEMA public TO nadi_app", .init(.schemaOpen, "public to nadi_app")),
        PlantedFault("ALTER TABLE location OWNER TO nadi_app", .init(.loginOwns, "nadi_app: location")),
        PlantedFault(
            """
            CREATE TABLE split (LIKE location) PARTITION BY LIST (tenant_id);
            CREATE TABLE part_1 PARTITION OF split FOR VALUES IN (1);
            GRANT SELECT ON part_1 TO nadi_app;
            ALTER TABLE split ADD PRIMARY KEY (tenant_id, id);
            ALTER TABLE split ENABLE ROW LEVEL SECURITY;
            ALTER TABLE split FORCE ROW LEVEL SECURITY;
            CREATE POLICY only_this_tenant ON split
                USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
                WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int))
            """, .init(.partitionGranted, "part_1 to nadi_app")),
    ]
}
