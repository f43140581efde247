import Access
import Database
import Identity
import Reception
import Tenancy
import Vocabulary

/// Somebody of the staff kept out: they sign in nowhere and nobody books them, until they are let in again.
/// What they hold is kept for that day.
struct Suspension {
    let staff: ID<StaffMember>

    init(of staff: ID<StaffMember>) { self.staff = staff }

    /// Ends every sign-in they have. Keys that they answer for stop by themselves: nobody does now.
    func begin(by permit: Permit<SuspendStaff>, in clinic: borrowing Transaction) async throws -> Colleague {
        let suspended = try await change(toActive: false, by: permit, in: clinic)
        do {
            _ = try await clinic.run(
                Session.endAll(
                    of: Person(staff), but: nil, because: .dismissed, at: permit.now, in: clinic.tenant))
        } catch let error as DatabaseError {
            throw RoleChange.told(error)
        }
        return suspended
    }

    /// They sign in anew: no sign-in of before comes back.
    func end(by permit: Permit<SuspendStaff>, in clinic: borrowing Transaction) async throws -> Colleague {
        try await change(toActive: true, by: permit, in: clinic)
    }

    /// Nobody takes what they could not give, nor gives it back. The row and its line leave together.
    private func change(
        toActive isActive: Bool, by permit: Permit<SuspendStaff>, in clinic: borrowing Transaction
    ) async throws -> Colleague {
        let maker = Maker(permit)
        let found = try await RoleChange.person(staff, for: maker, in: clinic)
        let held = found.roles.filter { !$0.isOver(at: maker.now) }
        try maker.mayTouch(
            held.reduce(into: []) { $0.formUnion($1.named(with: maker.tenant.plugins)) }, of: [found])
        clinic.queue(found.become(active: isActive, in: clinic.tenant))
        AuditTrail.record(
            AuditEvent(SuspendStaff.permission, of: "staff_member", staff.unique), by: permit, in: clinic)
        return Colleague(id: found.id, name: found.name, isActive: isActive, roles: found.roles)
    }
}
