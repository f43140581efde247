public import Database
import Tenancy
import Vocabulary

extension StaffRegistry {
    /// Everyone who works here, or did.
    public func list() async throws -> [Entry] {
        try await database.rows(
            """
            SELECT s.id, s.name, array(
                SELECT r.role || coalesce('.' || o.slug, '') || coalesce(' at ' || l.slug, '') FROM staff_role r
                LEFT JOIN location l ON l.tenant_id = r.tenant_id AND l.id = r.location_id
                LEFT JOIN own_role o ON o.tenant_id = r.tenant_id AND o.id = r.own_role_id
                WHERE r.tenant_id = s.tenant_id AND r.staff_member_id = s.id ORDER BY r.given_at, r.id
            ), p.id, s.active
            FROM staff_member s
            LEFT JOIN practitioner p ON p.tenant_id = s.tenant_id AND p.staff_member_id = s.id AND p.active
            WHERE s.tenant_id = \(database.tenant) ORDER BY s.name, s.id LIMIT 10000
            """)
    }

    func isOfChain() async throws -> Bool {
        try await database.row(
            "SELECT organisation_id IS NOT NULL FROM tenant WHERE id = \(database.tenant)") ?? false
    }

    func entry(_ id: ID<StaffMember>) async throws -> Entry {
        guard let entry = try await list().first(where: { $0.id == id }) else {
            throw Refusal("Nobody here has the id \(id).")
        }
        return entry
    }

    /// Nothing here needs an answer before the commit: one write to the server for all of it.
    func queue(
        _ newcomer: Newcomer, as id: ID<StaffMember>, by operator: String, at now: Instant,
        in clinic: borrowing Transaction
    ) {
        let tenant = clinic.tenant
        clinic.queue(
            """
            INSERT INTO staff_member (tenant_id, id, name, email, phone, created_at)
            VALUES (\(tenant), \(id), \(newcomer.name), \(newcomer.email), \(newcomer.phone), \(now))
            """)
        clinic.queue(
            """
            INSERT INTO staff_role (tenant_id, id, staff_member_id, role, location_id, given_at)
            VALUES (\(tenant), \(UniqueID.random(at: now)), \(id), \(newcomer.role.rawValue), \(newcomer.location), \(now))
            """)
        if newcomer.isBookable, let location = newcomer.location {
            queuePractitioner(id, at: location, UniqueID.random(at: now), in: clinic)
        }
        OperatorLine("staff.add", to: ("staff_member", id.unique), by: `operator`, at: now).queue(in: clinic)
    }

    /// They work whenever their location is open, until somebody says otherwise.
    private func queuePractitioner(
        _ id: ID<StaffMember>, at location: ID<Location>, _ practitioner: UniqueID,
        in clinic: borrowing Transaction
    ) {
        let tenant = clinic.tenant
        clinic.queue(
            "INSERT INTO resource (tenant_id, id, kind) VALUES (\(tenant), \(practitioner), 'practitioner')")
        clinic.queue(
            """
            INSERT INTO practitioner (tenant_id, id, staff_member_id) VALUES (\(tenant), \(practitioner), \(id))
            """)
        clinic.queue(
            """
            INSERT INTO practitioner_hours (tenant_id, practitioner_id, location_id, weekday, from_minute, to_minute)
            SELECT tenant_id, \(practitioner), location_id, weekday, from_minute, to_minute FROM location_hours
            WHERE tenant_id = \(tenant) AND location_id = \(location)
            """)
    }

    func deactivate(
        _ id: ID<StaffMember>, by operator: String, at now: Instant, in clinic: borrowing Transaction
    ) async throws -> Int {
        let count = try await clinic.run(
            """
            UPDATE staff_member SET active = false
            WHERE tenant_id = \(clinic.tenant) AND id = \(id) AND active
            """)
        OperatorLine("staff.remove", to: ("staff_member", id.unique), by: `operator`, at: now)
            .queue(in: clinic)
        return count
    }
}

extension StaffRegistry.Entry: FromRow {
    /// Reads a row of `list`.
    public init(_ row: inout Row) throws {
        (id, name, roles) = (try row.next(), try row.next(), try row.next())
        (practitioner, isActive) = (try row.next(), try row.next())
    }
}
