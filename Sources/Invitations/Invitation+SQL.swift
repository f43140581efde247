import Access
public import Database
import Identity
import Roles
import SignIn
import Staffing
import Tenancy
import Vocabulary

extension Invitation: FromRow {
    private static let columns: SQL = """
        i.id, i.link_id, i.name, i.address_kind, i.address, i.languages, i.invited_by, i.invited_at, i.times_sent,
        i.expires_at, i.accepted_at, i.accepted_by, i.revoked_at
        """

    /// Reads the columns in the order in which `columns` names them; the roles are read apart.
    public init(_ row: inout Row) throws {
        (id, link, name) = (try row.next(), try row.next(), try row.next())
        let (kind, text) = (try row.next(String.self), try row.next(String.self))
        address = kind == OwnAddress.Kind.email.rawValue ? .email(text) : .phone(text)
        (languages, invitedBy) = (try row.next(), try row.next())
        (invitedAt, timesSent) = (try row.next(), try row.next())
        (expiresAt, acceptedAt, acceptedBy) = (try row.next(), try row.next(), try row.next())
        revokedAt = try row.next()
    }

    /// The latest first, after the last one seen, as far as the reach goes.
    static func page(
        before last: ID<Invitation>?, limit: Int, within reach: LocationReach, in tenant: TenantID
    ) -> SQL {
        let after: SQL = if let last { "AND i.id < \(last)" } else { "" }
        return """
            SELECT \(columns) FROM invitation i WHERE i.tenant_id = \(tenant) \(after) \(seen(within: reach))
            ORDER BY i.id DESC LIMIT \(limit)
            """
    }

    static func withID(_ id: ID<Invitation>, within reach: LocationReach, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM invitation i WHERE i.tenant_id = \(tenant) AND i.id = \(id) \(seen(within: reach))
        """
    }

    /// The one that a link opens, while it does; held until the transaction ends where it is to be used up.
    static func opened(by link: UniqueID, forUse: Bool = false, at now: Instant, in tenant: TenantID) -> SQL {
        let held: SQL = forUse ? "FOR UPDATE OF i" : ""
        return """
            SELECT \(columns) FROM invitation i WHERE i.tenant_id = \(tenant) AND i.link_id = \(link)
                AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > \(now) \(held)
            """
    }

    /// Whoever runs a location sees those who are to work there.
    private static func seen(within reach: LocationReach) -> SQL {
        switch reach {
        case .everywhere: ""
        case .only(let locations):
            """
            AND EXISTS (SELECT FROM invitation_role x WHERE x.tenant_id = i.tenant_id AND x.invitation_id = i.id
                AND x.location_id = ANY (\(locations.sorted())))
            """
        }
    }

    /// Keeps the invitation with its roles; false where as many as may be are open. An older one to the same
    /// address that is over makes room.
    func insert(in clinic: borrowing Transaction) async throws -> Bool {
        let tenant = clinic.tenant
        clinic.queue(
            """
            UPDATE invitation SET revoked_at = \(invitedAt), revoked_by = \(invitedBy)
            WHERE tenant_id = \(tenant) AND address = \(address.text) AND accepted_at IS NULL AND revoked_at IS NULL
                AND expires_at <= \(invitedAt)
            """)
        let made = try await clinic.run(
            """
            INSERT INTO invitation (tenant_id, id, link_id, name, address_kind, address, languages, invited_by,
                invited_at, expires_at)
            SELECT \(tenant), \(id), \(link), \(name), \(address.kind.rawValue), \(address.text), \(languages),
                \(invitedBy), \(invitedAt), \(expiresAt)
            WHERE (SELECT count(*) FROM invitation WHERE tenant_id = \(tenant) AND accepted_at IS NULL
                AND revoked_at IS NULL AND expires_at > \(invitedAt)) < \(Self.most)
            """)
        guard made == 1 else { return false }
        for (place, (wish, own)) in zip(roles.wishes, roles.own).enumerated() {
            clinic.queue(
                """
                INSERT INTO invitation_role (tenant_id, invitation_id, place, role, own_role_id, location_id,
                    valid_until)
                VALUES (\(tenant), \(id), \(Int32(place)), \(wish.role.house?.rawValue ?? "own"), \(own),
                    \(wish.location), \(wish.until))
                """)
        }
        return true
    }

    /// Another link, for as long again; no row where it was accepted or revoked.
    static func resend(_ id: ID<Invitation>, link: UniqueID, until end: Instant, in tenant: TenantID) -> SQL {
        """
        UPDATE invitation i SET link_id = \(link), times_sent = times_sent + 1, expires_at = \(end)
        WHERE i.tenant_id = \(tenant) AND i.id = \(id) AND i.accepted_at IS NULL AND i.revoked_at IS NULL
        RETURNING \(columns)
        """
    }

    static func revoke(
        _ id: ID<Invitation>, by person: ID<StaffMember>, at now: Instant, in tenant: TenantID
    ) -> SQL {
        """
        UPDATE invitation SET revoked_at = \(now), revoked_by = \(person)
        WHERE tenant_id = \(tenant) AND id = \(id) AND accepted_at IS NULL AND revoked_at IS NULL
        """
    }

    /// Uses it up.
    func accept(as person: ID<StaffMember>, at now: Instant, in tenant: TenantID) -> SQL {
        """
        UPDATE invitation SET accepted_at = \(now), accepted_by = \(person)
        WHERE tenant_id = \(tenant) AND id = \(id) AND accepted_at IS NULL
        """
    }

    /// Takes away those that were over a year ago.
    static func forgetOld(in tenant: TenantID) -> SQL {
        """
        DELETE FROM invitation WHERE tenant_id = \(tenant)
            AND coalesce(accepted_at, revoked_at, expires_at) < now() - interval '1 year'
        """
    }
}

/// One role of one invitation, as rows have it.
struct InvitationLine: FromRow {
    let invitation: ID<Invitation>
    let wish: RoleToGive?
    let own: ID<OwnRole>?

    init(_ row: inout Row) throws {
        invitation = try row.next()
        let house = try row.next(String.self), own = try row.next(ID<OwnRole>?.self)
        let slug = try row.next(String?.self).flatMap { Slug(text: $0) }
        var wish = RoleToGive()
        let name = slug.map(RoleName.own) ?? RoleName(text: house)
        if let name { wish.role = name }
        (wish.location, wish.until) = (try row.next(), try row.next())
        (self.wish, self.own) = (name == nil ? nil : wish, own)
    }

    /// The roles of all of these, each in the order in which they were named.
    static func all(of invitations: [ID<Invitation>], in tenant: TenantID) -> SQL {
        """
        SELECT r.invitation_id, r.role, r.own_role_id, o.slug, r.location_id, r.valid_until FROM invitation_role r
        LEFT JOIN own_role o ON o.tenant_id = r.tenant_id AND o.id = r.own_role_id
        WHERE r.tenant_id = \(tenant) AND r.invitation_id = ANY (\(invitations))
        ORDER BY r.invitation_id, r.place LIMIT 2000
        """
    }
}

extension [Invitation] {
    /// The same with what each is for.
    func with(_ lines: [InvitationLine]) -> [Invitation] {
        let known = Dictionary(grouping: lines.filter { $0.wish != nil }, by: \.invitation)
        return map { each in
            var whole = each
            let mine = known[each.id] ?? []
            whole.roles = PromisedRoles(mine.compactMap(\.wish), own: mine.map(\.own))
            return whole
        }
    }
}
