import Crypto
import Database
import Identity
import SignIn
import Vocabulary

extension PasswordOwner: FromRow {
    init(_ row: inout Row) throws {
        (id, name, email, phone) = (try row.next(), try row.next(), try row.next(), try row.next())
        let hash = try row.next(String?.self), earlier = try row.next([String]?.self) ?? []
        kept = hash.map {
            KeptPassword(hash: PasswordHash(text: $0), earlier: earlier.map(PasswordHash.init(text:)))
        }
    }

    private static let columns: SQL = "s.id, s.name, s.email, s.phone, p.hash, p.earlier_hashes"
    private static let tables: SQL = """
        staff_member s LEFT JOIN password p ON p.tenant_id = s.tenant_id AND p.staff_member_id = s.id
        """

    static func reached(by identifier: Identifier, in tenant: TenantID) -> SQL {
        let fits: SQL =
            switch identifier {
            case .phone(let phone): "s.phone = \(phone)"
            case .email(let email): "s.email = \(email)"
            }
        return "SELECT \(columns) FROM \(tables) WHERE s.tenant_id = \(tenant) AND \(fits) AND s.active"
    }

    static func withID(_ id: ID<StaffMember>, in tenant: TenantID) -> SQL {
        "SELECT \(columns) FROM \(tables) WHERE s.tenant_id = \(tenant) AND s.id = \(id) AND s.active"
    }
}

extension KeptPassword {
    /// Sets the password; the one before joins those that may not come back.
    static func set(_ hash: PasswordHash, of person: ID<StaffMember>, at now: Instant, in tenant: TenantID)
        -> SQL
    {
        """
        INSERT INTO password AS kept (tenant_id, staff_member_id, hash, set_at)
        VALUES (\(tenant), \(person), \(hash.text), \(now))
        ON CONFLICT (tenant_id, staff_member_id) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at,
            earlier_hashes = (ARRAY[kept.hash] || kept.earlier_hashes)[1:\(Int32(historyMax - 1))]
        """
    }

    /// The same password at other costs, unless it was changed meanwhile.
    static func renew(
        _ hash: PasswordHash, insteadOf old: PasswordHash, of person: ID<StaffMember>, in tenant: TenantID
    ) -> SQL {
        """
        UPDATE password SET hash = \(hash.text)
        WHERE tenant_id = \(tenant) AND staff_member_id = \(person) AND hash = \(old.text)
        """
    }
}
