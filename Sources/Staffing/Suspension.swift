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
    func begin(by maker: Maker, in clinic: borrowing Transaction) async throws -> Colleague {
        let colleague = try await colleague(for: maker, in: clinic)
        do {
            clinic.queue(colleague.become(active: false, in: clinic.tenant))
            _ = try await clinic.run(
                Session.endAll(
                    of: Person(staff), but: nil, because: .dismissed, at: maker.now, in: clinic.tenant))
        } catch let error as DatabaseError {
            throw RoleChange.told(error)
        }
        return try await self.colleague(for: maker, in: clinic)
    }

    /// They sign in anew: no sign-in of before comes back.
    func end(by maker: Maker, in clinic: borrowing Transaction) async throws -> Colleague {
        let colleague = try await colleague(for: maker, in: clinic)
        clinic.queue(colleague.become(active: true, in: clinic.tenant))
        return try await self.colleague(for: maker, in: clinic)
    }

    /// Nobody takes what they could not give, nor gives it back.
    private func colleague(for maker: Maker, in clinic: borrowing Transaction) async throws -> Colleague {
        let found = try await RoleChange.person(staff, for: maker, in: clinic)
        let held = found.roles.filter { !$0.isOver(at: maker.now) }
        try maker.mayTouch(
            held.reduce(into: []) { $0.formUnion($1.named(with: maker.tenant.plugins)) }, of: [found])
        return found
    }
}
