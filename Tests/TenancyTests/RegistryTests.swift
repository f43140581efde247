import Database
import JSON
import PluginKit
import Shapes
import TestKit
import Testing
import Vocabulary

@testable import Tenancy

@Suite("Clinics in the directory")
struct RegistryTests {
    static let now = Instant(seconds: 1_800_000_000)

    static func slug(_ text: String) throws -> Slug { try #require(Slug(text: text)) }

    static func base() throws -> HostName { try #require(HostName(field: "localhost")) }

    static func registry(_ database: Database) -> ClinicRegistry {
        ClinicRegistry(database, shelf: ConfigurationTests.shelf)
    }

    static func directory(_ database: Database) throws -> TenantDirectory {
        TenantDirectory(database, baseDomain: try base(), shelf: ConfigurationTests.shelf)
    }

    @discardableResult
    static func create(_ text: String, _ database: Database) async throws -> ClinicRegistry.Entry {
        try await registry(database).create(
            slug(text), name: "Clinic \(text)", file: try ConfigurationTests.file("mobil-physiotherapy.json"),
            by: "test", at: now)
    }

    @Test("a clinic is created whole: locations, hours, things, first version, trail")
    func create() async throws {
        try await TestDatabase.withPlace { place in
            let entry = try await Self.create("mobil", place.database)
            #expect(entry.slug.text == "mobil" && entry.suspendedAt == nil && entry.createdAt == Self.now)
            let counts = try await place.script(
                """
                SELECT (SELECT count(*) FROM location), (SELECT count(*) FROM location_hours),
                    (SELECT count(*) FROM resource), (SELECT max(version) FROM clinic_configuration),
                    (SELECT count(*) FROM audit_event), (SELECT count(*) FROM platform_access)
                """)
            #expect(counts == [["2", "10", "6", "1", "1", "1"]])
            let found = try await Self.directory(place.database).find("mobil.localhost:8080")
            let tenant = try #require(found.clinic)
            #expect(tenant.name == "Mobil Fizioterapie" && tenant.id == entry.id)
            #expect(tenant.locations.map(\.zone.identifier) == ["Europe/Bucharest", "Europe/Bucharest"])
            #expect(tenant.locations.map(\.booking.leadMinutes) == [120, 240])
            #expect(tenant.visitType(named: "treatment")?.visitType.length == .minutes(45))
        }
    }

    @Test("what cannot be is refused in words, and leaves nothing behind")
    func refusals() async throws {
        try await TestDatabase.withPlace { place in
            let registry = Self.registry(place.database)
            try await Self.create("mobil", place.database)
            await #expect(throws: Refusal("There already is a clinic mobil.")) {
                try await Self.create("mobil", place.database)
            }
            await #expect(throws: ShapeFault.self) {
                try await registry.create(
                    Self.slug("other"), name: "Other", file: ["currency": "x"], by: "test", at: Self.now)
            }
            await #expect(throws: Refusal("There is no organisation chain.")) {
                try await registry.create(
                    Self.slug("other"), name: "O", of: Self.slug("chain"), file: [:], by: "test", at: Self.now
                )
            }
            await #expect(throws: Refusal("Suspend mobil first: only a suspended clinic can be deleted.")) {
                try await registry.delete(Self.slug("mobil"))
            }
            await #expect(throws: Refusal("mobil is not suspended.")) {
                try await registry.resume(Self.slug("mobil"))
            }
            await #expect(throws: Refusal("There is no clinic nobody.")) {
                try await registry.suspend(Self.slug("nobody"), at: Self.now)
            }
            #expect(try await registry.list().map(\.slug.text) == ["mobil"])
        }
    }

    @Test("a deleted clinic leaves no row in any table, and its neighbour keeps every one")
    func delete() async throws {
        try await TestDatabase.withPlace { place in
            let registry = Self.registry(place.database)
            try await Self.create("gone", place.database)
            try await Self.create("stays", place.database)
            try await registry.suspend(Self.slug("gone"), at: Self.now)
            try await registry.delete(Self.slug("gone"))
            let rows = try await place.script(
                "SELECT DISTINCT tenant_id FROM resource UNION SELECT tenant_id FROM location")
            #expect(rows == [["2"]])
            #expect(try await registry.list().map(\.slug.text) == ["stays"])
        }
    }

    @Test("applying a file makes a version with exactly the planned changes; applying it again makes none")
    func apply() async throws {
        try await TestDatabase.withPlace { place in
            let registry = Self.registry(place.database)
            let mobil = try Self.slug("mobil")
            try await Self.create("mobil", place.database)
            var file = try ConfigurationTests.file("mobil-physiotherapy.json")
            #expect(try await registry.plan(file, for: mobil).changes == [])
            let kept = try #require(file["locations"]?.arrayValue?.first)
            file["locations"] = .array([kept])
            file["currency"] = "EUR"
            let plan = try await registry.apply(file, to: mobil, by: "test", at: Self.now)
            #expect(
                plan.version == 1 && Set(plan.changes.map(\.pointer)) == ["/currency", "/locations/cluj"])
            #expect(try await registry.apply(file, to: mobil, by: "test", at: Self.now).changes == [])
            let closed = try await place.script(
                """
                SELECT (SELECT string_agg(slug, ',') FROM location WHERE NOT active),
                    (SELECT count(*) FROM resource WHERE NOT active), (SELECT max(version)
                        FROM clinic_configuration)
                """)
            #expect(closed == [["cluj", "2", "2"]])
        }
    }

    @Test("a chain's template lies below its clinics' files; one that breaks them is refused")
    func template() async throws {
        try await TestDatabase.withPlace { place in
            let registry = Self.registry(place.database)
            let chain = try Self.slug("chain")
            _ = try await registry.createOrganisation(chain, name: "Chain", at: Self.now)
            await #expect(throws: ShapeFault.self) {
                try await registry.applyTemplate(["currency": 5], to: chain, by: "test", at: Self.now)
            }
            let template: JSONObject = ["currency": "EUR", "booking": ["lead_minutes": 7]]
            #expect(try await registry.applyTemplate(template, to: chain, by: "test", at: Self.now) == 1)
            _ = try await registry.create(
                Self.slug("link"), name: "Link", of: chain, file: ["booking": ["horizon_days": 9]],
                by: "test",
                at: Self.now)
            let tenant = try #require(try await Self.directory(place.database).find("link.localhost").clinic)
            #expect(tenant.configuration.currency.code == "EUR")
            #expect(
                tenant.configuration.booking.leadMinutes == 7 && tenant.configuration.booking.horizonDays == 9
            )
            #expect(tenant.name == "Link")
        }
    }
}

extension TenantDirectory.Found {
    var clinic: Tenant? { if case .clinic(let tenant) = self { tenant } else { nil } }

    var isNobody: Bool { if case .nobody = self { true } else { false } }
}
