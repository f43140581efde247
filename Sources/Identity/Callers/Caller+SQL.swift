import Database
import JSON
import Roles
import Shapes
import Tenancy
import Vocabulary

extension Caller {
    /// The person as the clinic's rows have them now; nil when they are gone or no longer active, or when
    /// the sign-in has ended.
    static func read(
        _ person: Person, session: ID<Session>, in clinic: TenantDatabase
    ) async throws -> Caller? {
        let sql =
            switch person.kind {
            case .staff: staff(person, session, clinic)
            case .patient: patient(person, session, clinic)
            case .support: support(person, session, clinic)
            }
        let rows: [GivenRole] = try await clinic.rows(sql)
        guard !rows.isEmpty else { return nil }
        return Caller(person, roles: rows.compactMap(\.role), session: session)
    }

    /// The same caller, who was let in at that moment, as the rows have them now.
    func again(since moment: Instant, in clinic: TenantDatabase) async throws -> Caller? {
        if let person { return try await Self.read(person, session: session, in: clinic) }
        guard kind == .integration else { return nil }
        let rows: [KeyRow] = try await clinic.rows(KeyRow.again(id, since: moment, in: clinic.tenant))
        return KnownKey(rows, at: moment)?.caller
    }

    /// What was given to them, and what they have opened in an emergency; nothing of either is one row of
    /// nulls.
    private static func staff(_ person: Person, _ session: ID<Session>, _ clinic: TenantDatabase) -> SQL {
        """
        SELECT \(GivenRole.columns), r.given_at
        FROM sign_in i
        JOIN staff_member s ON s.tenant_id = i.tenant_id AND s.id = i.person_id AND s.active
        \(GivenRole.joined)
        WHERE i.tenant_id = \(clinic.tenant) AND i.id = \(session) AND i.person_kind = 'staff'
            AND i.person_id = \(person.id) AND i.ended_at IS NULL
        UNION ALL
        SELECT e.role, NULL, e.ends_at, NULL, NULL, e.id, e.patient_id, NULL, false, e.began_at
        FROM sign_in i
        JOIN staff_member s ON s.tenant_id = i.tenant_id AND s.id = i.person_id AND s.active
        JOIN emergency_access e ON e.tenant_id = s.tenant_id AND e.staff_member_id = s.id
            AND e.ended_at IS NULL AND e.ends_at > now()
        WHERE i.tenant_id = \(clinic.tenant) AND i.id = \(session) AND i.person_kind = 'staff'
            AND i.person_id = \(person.id) AND i.ended_at IS NULL
        ORDER BY 10, 1, 2 LIMIT 64
        """
    }

    /// A patient is a patient, and at no place in particular; and of those they answer for a guardian.
    private static func patient(_ person: Person, _ session: ID<Session>, _ clinic: TenantDatabase) -> SQL {
        """
        SELECT 'patient', NULL::uuid, NULL::timestamptz, NULL::text, NULL::jsonb, NULL::uuid, NULL::uuid,
            NULL::text[], false, NULL::timestamptz
        FROM sign_in i
        JOIN patient p ON p.tenant_id = i.tenant_id AND p.id = i.person_id AND p.active
        WHERE i.tenant_id = \(clinic.tenant) AND i.id = \(session) AND i.person_kind = 'patient'
            AND i.person_id = \(person.id) AND i.ended_at IS NULL
        UNION ALL
        SELECT 'guardian.caregiver', NULL, g.valid_until, NULL, NULL, g.id, g.ward_id, g.categories,
            g.contested_at IS NOT NULL, g.since
        FROM sign_in i
        JOIN patient p ON p.tenant_id = i.tenant_id AND p.id = i.person_id AND p.active
        JOIN guardianship g ON g.tenant_id = p.tenant_id AND g.guardian_id = p.id
            AND g.ended_at IS NULL AND g.valid_until > now()
        JOIN patient w ON w.tenant_id = g.tenant_id AND w.id = g.ward_id AND w.active
        WHERE i.tenant_id = \(clinic.tenant) AND i.id = \(session) AND i.person_kind = 'patient'
            AND i.person_id = \(person.id) AND i.ended_at IS NULL
        ORDER BY 10 NULLS FIRST, 6 LIMIT 64
        """
    }

    /// Somebody of the platform is what the grant says, for as long as it lasts.
    private static func support(_ person: Person, _ session: ID<Session>, _ clinic: TenantDatabase) -> SQL {
        """
        SELECT 'platform.support', NULL::uuid, g.ends_at, NULL::text, NULL::jsonb, g.id, NULL::uuid, g.areas, g.may_write,
            g.began_at
        FROM sign_in i
        JOIN support_grant g ON g.tenant_id = i.tenant_id AND g.id = i.person_id AND g.ended_at IS NULL
            AND g.ends_at > now()
        JOIN support_agent a ON a.id = g.agent_id AND a.removed_at IS NULL
        WHERE i.tenant_id = \(clinic.tenant) AND i.id = \(session) AND i.person_kind = 'support'
            AND i.person_id = \(person.id) AND i.ended_at IS NULL
        """
    }
}

/// A role that is none of ours, that was retired or cannot be read, or no role at all, gives nothing.
struct GivenRole: FromRow {
    let role: Caller.HeldRole?

    /// What a staff member was given, as an initializer reads it.
    static let columns: SQL =
        "r.role, r.location_id, r.valid_until, o.slug, v.body, NULL::uuid, NULL::uuid, NULL::text[], false"

    /// What the staff member `s` was given and still has.
    static let joined: SQL = """
        LEFT JOIN staff_role r ON r.tenant_id = s.tenant_id AND r.staff_member_id = s.id
            AND (r.valid_until > now() OR r.valid_until IS NULL)
        LEFT JOIN own_role o ON o.tenant_id = r.tenant_id AND o.id = r.own_role_id AND o.retired_at IS NULL
        LEFT JOIN own_role_version v ON v.tenant_id = o.tenant_id AND v.own_role_id = o.id
            AND v.version = o.live_version
        """

    init(_ row: inout Row) throws {
        let name = try row.next(String?.self)
        let location = try row.next(ID<Location>?.self)
        let until = try row.next(Instant?.self)
        let own = try row.next(String?.self).flatMap { Slug(text: $0) }
        let body = try row.next(JSONText?.self)
        let basis = try row.next(UniqueID?.self), patient = try row.next(UniqueID?.self)
        let words = try row.next([String]?.self), flag = try row.next(Bool.self)
        let known = name.flatMap { RoleName(text: $0) }
        if let known, basis != nil, patient == nil, let words {
            let table = RightTable.support(
                in: words.compactMap(SupportArea.init(rawValue:)), mayWrite: flag)
            role = Caller.HeldRole(known, table, until: until, because: .support)
        } else if let known, let basis, let patient, let words {
            let table = RightTable.guardian(
                for: words.compactMap(WardCategory.init(rawValue:)), isContested: flag)
            role = Caller.HeldRole(known, table, until: until, because: .guardian(basis, of: patient))
        } else if let known, let basis, let patient {
            role = Caller.HeldRole(known, .emergency, until: until, because: .emergency(basis, of: patient))
        } else if let own, let body {
            role = Caller.HeldRole(.own(own), Self.table(body), at: location, until: until)
        } else {
            role = name.flatMap(Role.init(rawValue:)).map { Caller.HeldRole($0, at: location, until: until) }
        }
    }

    private static func table(_ body: JSONText) -> RightTable {
        guard let json = try? JSON(parsing: body.bytes), let read = try? RoleDefinition(reading: json) else {
            return .nothing
        }
        return RightTable(read)
    }
}
