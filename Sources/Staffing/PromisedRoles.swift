public import Access
public import Database
public import EndpointKit
public import Identity
import Roles
public import Tenancy
public import Vocabulary

/// Roles that somebody gives to a person who is not here yet: judged when they are promised, and again, by
/// what their giver holds then, when they are given.
public struct PromisedRoles: Sendable {
    /// What each is, where and until when.
    public let wishes: [RoleToGive]
    /// Which role of the clinic's own each is, where it is one.
    public let own: [ID<OwnRole>?]

    /// What was promised, as it was kept.
    public init(_ wishes: [RoleToGive], own: [ID<OwnRole>?]) { (self.wishes, self.own) = (wishes, own) }

    /// Throws unless the holder of the permit may give all of it, and each of it once, and all of it may be
    /// one person's.
    public static func promise<A: Act>(
        _ wishes: [RoleToGive], by permit: Permit<A>, in clinic: borrowing Transaction
    ) async throws -> PromisedRoles {
        let maker = Maker(permit)
        var (own, held): ([ID<OwnRole>?], [RightTable]) = ([], [])
        for wish in wishes {
            let wanted = try await WantedRole.read(wish, by: maker, in: clinic)
            try maker.mayTouch(wanted.named(with: maker.tenant.plugins))
            try SeparatedDuty.mustStayApart(held, with: wanted.table)
            own.append(wanted.own)
            held.append(wanted.table)
        }
        return PromisedRoles(wishes, own: own)
    }

    /// Throws where the permit's holder would promise something to themselves.
    public static func mustNotBe<A: Act>(
        _ person: ID<StaffMember>, _ permit: Permit<A>
    ) throws(Problem) { try permit.caller.mustNotBe(person.unique) }

    /// Gives the person everything that is not over by now and that they do not hold already; what they are
    /// then. A giver who has left, or holds less than they promised, gives nothing.
    public func give(
        to person: ID<StaffMember>, from giver: ID<StaffMember>, at tenant: Tenant, now: Instant,
        in clinic: borrowing Transaction
    ) async throws {
        let people = Colleague.gather(
            try await clinic.rows(Colleague.withIDs([giver, person], in: clinic.tenant)))
        guard let host = people.first(where: { $0.id == giver }), host.isActive, giver != person,
            let newcomer = people.first(where: { $0.id == person })
        else { throw Self.broken }
        let maker = Maker(host.caller(in: ID(giver.unique)), at: tenant, now: now)
        var tables = newcomer.roles.standing(at: now)
        for wish in wishes where wish.until.map({ $0 > now }) ?? true {
            let held = newcomer.roles.first { $0.role == wish.role && $0.location == wish.location }
            guard held?.isOver(at: now) ?? true else { continue }
            do {
                let wanted = try await WantedRole.read(wish, by: maker, in: clinic)
                try maker.mayTouch(wanted.named(with: maker.tenant.plugins))
                try SeparatedDuty.mustStayApart(tables, with: wanted.table)
                tables.append(wanted.table)
                wanted.insert(.random(at: now), to: person, by: giver.unique, at: now, in: clinic)
            } catch is Problem { throw Self.broken }
        }
    }

    private static var broken: Problem {
        .conflict("What was promised can no longer be given. Ask the clinic for another invitation.")
    }
}
