public import Database
import Messaging
public import Outbox
import Records
import Vocabulary

/// Shows people what events say, in the transaction in which the relay's place moves past them.
public struct EventShowing: EventReceiver {
    /// Knows nothing by itself.
    public init() {}

    /// Of a batch, the people are found first, with one question for each kind of them.
    public func receive(_ events: [RecordedEvent], in transaction: borrowing Transaction) async throws {
        let plans = events.compactMap(ShowingPlan.init)
        guard !plans.isEmpty else { return }
        let audiences = Set(plans.flatMap(\.audiences))
        let practitioners = audiences.compactMap {
            if case .practitioner(let id) = $0 { id } else { nil }
        }
        let tenant = transaction.tenant
        let bookable: [Bookable] =
            practitioners.isEmpty
            ? [] : try await transaction.rows(Bookable.members(of: practitioners, in: tenant))
        let officers: [Officer] =
            audiences.contains(where: \.isOfOfficers)
            ? try await transaction.rows(Officer.all(of: tenant)) : []
        let members = Dictionary(
            bookable.map { ($0.practitioner, $0.staffMember) }, uniquingKeysWith: { first, _ in first })
        for plan in plans {
            let people = plan.audiences.flatMap { audience -> [ShownMessage.Person] in
                switch audience {
                case .practitioner(let id): members[id].map { [ShownMessage.Person(.staff, $0)] } ?? []
                case .patient(let id): [ShownMessage.Person(.patient, id.unique)]
                case .administrators: officers.filter(\.isAdministrator).map(\.person)
                case .reviewers(let but): officers.map(\.person).filter { $0.id != but?.unique }
                case .staff(let id): [ShownMessage.Person(.staff, id.unique)]
                }
            }
            ShownMessage.show(plan.draft, to: people, in: transaction)
        }
    }
}

extension ShowingPlan.Audience {
    fileprivate var isOfOfficers: Bool {
        switch self {
        case .administrators, .reviewers: true
        default: false
        }
    }
}

/// Somebody who runs or audits the clinic.
private struct Officer: FromRow {
    let id: UniqueID
    let isAdministrator: Bool

    init(_ row: inout Row) throws { (id, isAdministrator) = (try row.next(), try row.next()) }

    var person: ShownMessage.Person { ShownMessage.Person(.staff, id) }

    /// Those who are active; a clinic has few.
    static func all(of tenant: TenantID) -> SQL {
        """
        SELECT s.id, bool_or(r.role = 'tenant.admin') FROM staff_member s
        JOIN staff_role r ON r.tenant_id = \(tenant) AND r.staff_member_id = s.id
        WHERE s.tenant_id = \(tenant) AND s.active AND r.role IN ('tenant.admin', 'compliance.auditor')
            AND (r.valid_until > now() OR r.valid_until IS NULL)
        GROUP BY s.id LIMIT 100
        """
    }
}

/// As whom a practitioner calls.
private struct Bookable: FromRow {
    let practitioner: ID<Practitioner>
    let staffMember: UniqueID

    init(_ row: inout Row) throws { (practitioner, staffMember) = (try row.next(), try row.next()) }

    static func members(of practitioners: [ID<Practitioner>], in tenant: TenantID) -> SQL {
        """
        SELECT id, staff_member_id FROM practitioner
        WHERE tenant_id = \(tenant) AND id = ANY (\(practitioners))
        """
    }
}
