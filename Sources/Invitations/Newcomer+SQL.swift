import Credentials
import Database
import Identity
import SignIn
import Vocabulary

/// Whoever has the address that was invited, if the clinic knows them.
struct Newcomer: FromRow {
    let id: ID<StaffMember>
    let name: String
    let isActive: Bool
    let hasPassword: Bool

    init(_ row: inout Row) throws {
        (id, name) = (try row.next(), try row.next())
        (isActive, hasPassword) = (try row.next(), try row.next())
    }

    static func having(_ address: Identifier, in tenant: TenantID) -> SQL {
        let fits: SQL =
            switch address {
            case .phone(let phone): "s.phone = \(phone)"
            case .email(let email): "s.email = \(email)"
            }
        return """
            SELECT s.id, s.name, s.active, p.staff_member_id IS NOT NULL FROM staff_member s
            LEFT JOIN password p ON p.tenant_id = s.tenant_id AND p.staff_member_id = s.id
            WHERE s.tenant_id = \(tenant) AND \(fits)
            """
    }

    /// Takes somebody on who was never here; the link has proven their address.
    static func insert(
        _ id: ID<StaffMember>, _ name: String, at address: Identifier, now: Instant, in tenant: TenantID
    ) -> SQL {
        switch address {
        case .phone(let phone):
            """
            INSERT INTO staff_member (tenant_id, id, name, phone, phone_verified_at, created_at)
            VALUES (\(tenant), \(id), \(name), \(phone), \(now), \(now))
            """
        case .email(let email):
            """
            INSERT INTO staff_member (tenant_id, id, name, email, email_verified_at, created_at)
            VALUES (\(tenant), \(id), \(name), \(email), \(now), \(now))
            """
        }
    }

    /// Somebody who had left comes back with nothing of what they were: neither roles nor sign-ins, nor what
    /// they proved who they are with, for nobody knows who has that by now.
    func comeBack(at now: Instant, in clinic: borrowing Transaction) {
        let tenant = clinic.tenant
        clinic.queue("DELETE FROM staff_role WHERE tenant_id = \(tenant) AND staff_member_id = \(id)")
        clinic.queue(Session.endAll(of: Person(id), but: nil, because: .dismissed, at: now, in: tenant))
        for statement in StaffProofs.forgetAll(of: id, in: tenant) { clinic.queue(statement) }
        clinic.queue("UPDATE staff_member SET active = true WHERE tenant_id = \(tenant) AND id = \(id)")
    }
}
