import Access
import Database
import Identity
import Roles
import Tenancy
import Vocabulary

/// One person's one role, as rows have it; `Colleague.gather` puts them together.
struct ColleagueLine: FromRow {
    let person: Colleague
    let role: GivenRole?

    init(_ row: inout Row) throws {
        let (id, name, isActive) = (
            try row.next(ID<StaffMember>.self), try row.next(String.self), try row.next(Bool.self)
        )
        person = Colleague(id: id, name: name, isActive: isActive, roles: [])
        role = try Self.role(&row)
    }

    /// A role that the house does not know is shown to nobody and gives nothing.
    private static func role(_ row: inout Row) throws -> GivenRole? {
        let given = try row.next(ID<GivenRole>?.self)
        let house = try row.next(String?.self).flatMap(Role.init(rawValue:))
        let location = try row.next(ID<Location>?.self)
        let (until, givenAt) = (try row.next(Instant?.self), try row.next(Instant?.self))
        let slug = try row.next(String?.self).flatMap { Slug(text: $0) }
        let definition = try slug == nil ? nil : row.definition()
        guard let given, let givenAt else { return nil }
        if let slug, let definition {
            return GivenRole(
                id: given, role: .own(slug), location: location, until: until, givenAt: givenAt,
                table: RightTable(definition))
        }
        return house.map {
            GivenRole(
                id: given, role: .house($0), location: location, until: until, givenAt: givenAt,
                table: RoleMatrix.table(of: $0))
        }
    }
}

extension Colleague {
    private static let lines: SQL = """
        SELECT s.id, s.name, s.active, r.id, r.role, r.location_id, r.valid_until, r.given_at, o.slug, v.body
        FROM staff_member s
        LEFT JOIN staff_role r ON r.tenant_id = s.tenant_id AND r.staff_member_id = s.id
        LEFT JOIN own_role o ON o.tenant_id = r.tenant_id AND o.id = r.own_role_id
        LEFT JOIN own_role_version v ON v.tenant_id = o.tenant_id AND v.own_role_id = o.id
            AND v.version = o.live_version
        """

    /// People in the order of their ids, after the last one seen, as far as the reach goes.
    static func page(
        after last: ID<StaffMember>, limit: Int, within reach: LocationReach, in tenant: TenantID
    ) -> SQL {
        """
        \(lines) WHERE s.tenant_id = \(tenant) AND s.id IN (
            SELECT s.id FROM staff_member s WHERE s.tenant_id = \(tenant) AND s.id > \(last) \(seen(within: reach))
            ORDER BY s.id LIMIT \(limit))
        ORDER BY s.id, r.given_at, r.id
        """
    }

    static func withID(_ id: ID<StaffMember>, within reach: LocationReach, in tenant: TenantID) -> SQL {
        """
        \(lines) WHERE s.tenant_id = \(tenant) AND s.id = \(id) \(seen(within: reach))
        ORDER BY r.given_at, r.id LIMIT 200
        """
    }

    /// Everybody who holds the role.
    static func holders(of role: ID<OwnRole>, in tenant: TenantID) -> SQL {
        """
        \(lines) WHERE s.tenant_id = \(tenant) AND s.id IN (
            SELECT staff_member_id FROM staff_role WHERE tenant_id = \(tenant) AND own_role_id = \(role))
        ORDER BY s.id, r.given_at, r.id LIMIT 20000
        """
    }

    static func withIDs(_ ids: [ID<StaffMember>], in tenant: TenantID) -> SQL {
        """
        \(lines) WHERE s.tenant_id = \(tenant) AND s.id = ANY (\(ids))
        ORDER BY s.id, r.given_at, r.id LIMIT 20000
        """
    }

    /// Whoever runs a location sees those who have a role there.
    private static func seen(within reach: LocationReach) -> SQL {
        switch reach {
        case .everywhere: ""
        case .only(let locations):
            """
            AND EXISTS (SELECT FROM staff_role x WHERE x.tenant_id = s.tenant_id AND x.staff_member_id = s.id
                AND x.location_id = ANY (\(locations.sorted())))
            """
        }
    }

    /// Their diary, if they have one, opens and closes with it.
    func become(active: Bool, in tenant: TenantID) -> SQL {
        """
        UPDATE staff_member SET active = \(active)
        WHERE tenant_id = \(tenant) AND id = \(id) AND active <> \(active)
        """
    }

    static func gather(_ lines: [ColleagueLine]) -> [Colleague] {
        var people: [Colleague] = []
        for line in lines {
            if people.last?.id != line.person.id { people.append(line.person) }
            if let role = line.role { people[people.count - 1].roles.append(role) }
        }
        return people
    }
}

extension WantedRole {
    /// Gives the role, in the place of one like it that is over.
    func insert(
        _ id: ID<GivenRole>, to person: ID<StaffMember>, by giver: UniqueID, at now: Instant,
        in clinic: borrowing Transaction
    ) {
        let (tenant, name) = (clinic.tenant, role.house?.rawValue ?? "own")
        clinic.queue(
            """
            DELETE FROM staff_role
            WHERE tenant_id = \(tenant) AND staff_member_id = \(person) AND role = \(name)
                AND own_role_id IS NOT DISTINCT FROM \(own) AND location_id IS NOT DISTINCT FROM \(location)
                AND valid_until <= \(now)
            """)
        clinic.queue(
            """
            INSERT INTO staff_role (tenant_id, id, staff_member_id, role, own_role_id, location_id, valid_until,
                given_at, given_by)
            VALUES (\(tenant), \(id), \(person), \(name), \(own), \(location), \(until), \(now), \(giver))
            """)
    }
}

extension GivenRole {
    static func take(
        _ id: ID<GivenRole>, from person: ID<StaffMember>, in clinic: borrowing Transaction
    ) async throws -> Bool {
        let taken = try await clinic.run(
            """
            DELETE FROM staff_role
            WHERE tenant_id = \(clinic.tenant) AND staff_member_id = \(person) AND id = \(id)
            """)
        return taken == 1
    }

    /// Takes away what is over; who had which.
    static func sweep(in clinic: borrowing Transaction) async throws -> [EndedRole] {
        try await clinic.rows(
            """
            DELETE FROM staff_role WHERE tenant_id = \(clinic.tenant) AND valid_until <= now()
            RETURNING staff_member_id, role, valid_until, now()
            """)
    }
}

/// What was over and has been taken away.
struct EndedRole: FromRow {
    let person: ID<StaffMember>
    let role: String
    let until: Instant
    let takenAt: Instant

    init(_ row: inout Row) throws {
        (person, role) = (try row.next(), try row.next())
        (until, takenAt) = (try row.next(), try row.next())
    }
}
