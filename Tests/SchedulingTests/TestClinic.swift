import Database
import Foundation
import Records
import Tenancy
import TestKit
import Vocabulary

@testable import Scheduling

/// A clinic with rows of its own in a real database: practitioners who work from nine to five on weekdays in
/// Bucharest, patients, and rooms.
struct TestClinic: Sendable {
    let database: TenantDatabase
    let location: ID<Location>
    let practitioners: [ID<Practitioner>]
    let patients: [ID<Patient>]
    let zone: Zone
    let place: TestPlace

    /// Monday, the fourth of January 2027, nine o'clock on the wall.
    let nine: Instant
    /// Some weeks before.
    let now: Instant

    init(
        in place: TestPlace, slug: String = "clinic", practitioners: Int = 2, patients: Int = 8,
        rooms: Int = 0
    ) async throws {
        self.place = place
        let now = Instant(seconds: 1_796_000_000)
        (self.now, zone) = (now, try SlotFixture.read().zone("Europe/Bucharest"))
        nine = Instant(seconds: 1_799_046_000)
        location = .random(at: now)
        self.practitioners = (0..<practitioners).map { _ in .random(at: now) }
        self.patients = (0..<patients).map { _ in .random(at: now) }
        let tenant = try await place.script(
            """
            INSERT INTO tenant (public_id, slug, name) VALUES (gen_random_uuid(), '\(slug)', 'Clinic');
            SELECT id::text FROM tenant WHERE slug = '\(slug)'
            """)
        let number = Int32(tenant[0][0] ?? "") ?? 0
        database = place.database.clinic(TenantID(number: number))
        try await place.script(rows(of: number, rooms: rooms))
    }

    private func rows(of tenant: Int32, rooms: Int) -> String {
        var sql = """
            SELECT set_config('app.tenant_id', '\(tenant)', false);
            INSERT INTO location (tenant_id, id, slug, name, zone)
            VALUES (\(tenant), '\(location.unique)', 'main', 'Main', 'Europe/Bucharest');
            """
        for id in practitioners {
            sql += """
                INSERT INTO resource (tenant_id, id, kind) VALUES (\(tenant), '\(id.unique)', 'practitioner');
                INSERT INTO staff_member (tenant_id, id, name, email)
                VALUES (\(tenant), '\(id.unique)', 'Somebody', '\(id.unique)@example.org');
                INSERT INTO practitioner (tenant_id, id, staff_member_id)
                VALUES (\(tenant), '\(id.unique)', '\(id.unique)');
                INSERT INTO staff_role (tenant_id, id, staff_member_id, role)
                VALUES (\(tenant), '\(id.unique)', '\(id.unique)', 'doctor');
                INSERT INTO practitioner_hours (tenant_id, practitioner_id, location_id, weekday, from_minute, to_minute)
                SELECT \(tenant), '\(id.unique)', '\(location.unique)', day, 540, 1020 FROM generate_series(1, 5) AS day;
                """
        }
        for id in patients {
            sql += """
                INSERT INTO resource (tenant_id, id, kind) VALUES (\(tenant), '\(id.unique)', 'patient');
                INSERT INTO patient (tenant_id, id, name, birth_date)
                VALUES (\(tenant), '\(id.unique)', 'Somebody', '1990-01-01');
                """
        }
        for number in 0..<rooms {
            sql += """
                INSERT INTO resource (tenant_id, id, kind, location_id, tag, label)
                VALUES (\(tenant), gen_random_uuid(), 'room', '\(location.unique)', 'treatment', 'Room \(number)');
                """
        }
        return sql
    }

    /// A visit of half an hour.
    func visit(
        rooms: Int = 0, buffer: Int = 0, lead: Int = 0, role: String = "doctor"
    ) -> BookableVisit {
        let room = NeededThing(kind: "room", tag: "treatment", count: 1, minutesBefore: 0, minutesAfter: 0)
        return BookableVisit(
            plugin: "general-practice", pluginVersion: 1, name: "consultation",
            rules: VisitRules(minutes: 30, stepMinutes: 30, leadMinutes: lead, bufferAfterMinutes: buffer),
            roles: [role], things: rooms > 0 ? [room] : [])
    }

    func booking(
        _ patient: Int, with practitioner: Int, at minutes: Int = 0, visit: BookableVisit? = nil
    ) -> WantedAppointment {
        let visit = visit ?? self.visit(), start = nine + .seconds(minutes * 60)
        return WantedAppointment(
            id: .random(at: now), patient: patients[patient], practitioner: practitioners[practitioner],
            location: location, visit: visit, slot: Slot(from: start, minutes: visit.rules.minutes),
            zone: zone,
            reason: nil, createdBy: nil, createdAt: now)
    }

    /// Books, or tells what stood in the way: the way of the endpoint without its HTTP.
    func book(_ booking: WantedAppointment) async throws -> Bool {
        do {
            try await database.write { clinic in booking.insert(in: clinic, clearing: false) }
            return true
        } catch let error as DatabaseError where WantedAppointment.isRefusal(error) {
            return false
        }
    }

    /// What the clinic's tables say, as one number.
    func count(_ sql: String) async throws -> Int {
        let rows = try await place.script(
            "SELECT set_config('app.tenant_id', '\(database.tenant.number)', false); SELECT (\(sql))::text")
        return Int(rows[0][0] ?? "") ?? -1
    }

    /// Pairs of reservations of one resource that meet: the exclusion constraint's promise, asked without it.
    func overlaps() async throws -> Int {
        try await count(
            """
            SELECT count(*) FROM reservation AS one JOIN reservation AS other
            ON one.tenant_id = other.tenant_id AND one.resource_id = other.resource_id AND one.unit = other.unit
            AND (one.appointment_id, one.hold_id) IS DISTINCT FROM (other.appointment_id, other.hold_id)
            AND one.starts_at < other.ends_at AND other.starts_at < one.ends_at
            """)
    }
}
