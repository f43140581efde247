import Access
import Database
import EndpointKit
import Identity
import Reception
import Roles
import Shapes
import Tenancy
import Vocabulary

/// A change to who may do what.
///
/// Whoever makes one and whoever only asks what it would do go this same way; the latter takes it back.
enum RoleChange: Sendable {
    /// A new role, which nobody holds yet.
    case make(OwnRole)
    /// A role's next version, decided on by who saw this one.
    case save(ID<OwnRole>, RoleDefinition, title: String?, basedOn: Int32)
    /// A new role as the chain has it.
    case adopt(Adoption)
    /// A role's next version, as the chain has it by now.
    case takeUp(ID<OwnRole>, basedOn: Int32)
    /// A role taken from everybody, for good.
    case retire(ID<OwnRole>)
    case give(RoleToGive, to: ID<StaffMember>)
    case take(ID<GivenRole>, from: ID<StaffMember>)

    /// What a change has come to.
    struct Outcome: Sendable {
        var role: OwnRole?
        var old: OwnRole?
        var given: GivenRole?
        /// Everybody who may feel it, as they were.
        var before: [Colleague] = []
        /// The same people as they are now.
        var after: [Colleague] = []
    }

    /// Makes the change, or throws the problem that its maker is told.
    func carryOut(by maker: Maker, in clinic: borrowing Transaction) async throws -> Outcome {
        switch self {
        case .make(let role): try await Self.make(role, by: maker, in: clinic)
        case .save(let id, let definition, let title, let version):
            try await Self.save(id, definition, title, version, by: maker, in: clinic)
        case .adopt(let adoption): try await Self.adopt(adoption, by: maker, in: clinic)
        case .takeUp(let id, let version): try await Self.takeUp(id, version, by: maker, in: clinic)
        case .retire(let id): try await Self.retire(id, by: maker, in: clinic)
        case .give(let wish, let person): try await Self.give(wish, to: person, by: maker, in: clinic)
        case .take(let id, let person): try await Self.take(id, from: person, by: maker, in: clinic)
        }
    }
}

/// Who makes a change, where they may, and when.
struct Maker: Sendable {
    let caller: Caller
    let tenant: Tenant
    let locations: LocationReach
    let now: Instant

    init<A: Act>(_ permit: Permit<A>, seeing locations: LocationReach? = nil) {
        (caller, tenant, now) = (permit.caller, permit.tenant, permit.now)
        self.locations = locations ?? permit.locations
    }

    /// Somebody who is not here now and promised something before: they see nobody.
    init(_ caller: Caller, at tenant: Tenant, now: Instant) {
        (self.caller, self.tenant, self.now, locations) = (caller, tenant, now, .only([]))
    }

    /// Whoever asks for something by themselves: they see nobody.
    init(asking request: CallerRequest) {
        (caller, tenant, now) = (request.caller, request.tenant, request.now)
        locations = .only([])
    }

    /// Throws unless the maker holds all of it and none of these is the maker.
    func mayTouch(_ rights: Set<PlacedRight>, of people: [Colleague] = []) throws(Problem) {
        for person in people { try caller.mustNotBe(person.id.unique) }
        try Passing(caller, at: now, with: tenant.plugins).check(rights)
    }
}

extension RoleChange {
    static func make(
        _ role: OwnRole, by maker: Maker, in clinic: borrowing Transaction
    ) async throws -> Outcome {
        try role.definition.check(at: maker.now, with: maker.tenant.plugins)
        try maker.mayTouch(role.table.named(with: maker.tenant.plugins))
        guard try await role.insert(in: clinic) else {
            throw Problem.conflict("A clinic has at most \(OwnRole.most) roles of its own.")
        }
        return Outcome(role: role)
    }

    /// Of a role that answers to a template, the next version is no wider than that in what it locks.
    private static func save(
        _ id: ID<OwnRole>, _ definition: RoleDefinition, _ title: String?, _ version: Int32, by maker: Maker,
        in clinic: borrowing Transaction
    ) async throws -> Outcome {
        let old = try await found(id, in: clinic)
        try await template(of: old, in: clinic)?.check(definition)
        return try await save(
            old, definition, title, version, following: old.template, by: maker, in: clinic)
    }

    /// Whoever makes it holds everything that the role allows now and will allow.
    static func save(
        _ old: OwnRole, _ definition: RoleDefinition, _ title: String?, _ version: Int32,
        following template: AdoptedTemplate?, by maker: Maker, in clinic: borrowing Transaction
    ) async throws -> Outcome {
        guard old.retiredAt == nil else { throw Problem.conflict("This role has been retired.") }
        let role = OwnRole(
            id: old.id, slug: old.slug, title: title ?? old.title, version: version + 1,
            definition: definition,
            savedBy: maker.caller.id, savedAt: maker.now, template: template)
        let before = Colleague.gather(
            try await clinic.rows(Colleague.holders(of: old.id, in: clinic.tenant)))
        try definition.check(at: maker.now, with: maker.tenant.plugins)
        let rights = [old, role].map { $0.table.named(with: maker.tenant.plugins) }
        try maker.mayTouch(rights[0].union(rights[1]), of: before)
        for holder in before {
            let others = holder.roles.filter { $0.role != .own(old.slug) }.standing(at: maker.now)
            try SeparatedDuty.mustStayApart(others, with: role.table, insteadOf: old.table)
        }
        guard try await role.save(in: clinic) else {
            throw Problem.conflict("Somebody else has saved another version meanwhile.")
        }
        return Outcome(
            role: role, old: old, before: before, after: try await again(before, in: clinic))
    }

    private static func retire(
        _ id: ID<OwnRole>, by maker: Maker, in clinic: borrowing Transaction
    ) async throws -> Outcome {
        let old = try await found(id, in: clinic)
        let before = Colleague.gather(try await clinic.rows(Colleague.holders(of: id, in: clinic.tenant)))
        try maker.mayTouch(old.table.named(with: maker.tenant.plugins), of: before)
        guard try await OwnRole.retire(id, at: maker.now, in: clinic) else {
            throw Problem.conflict("This role has been retired already.")
        }
        return Outcome(old: old, before: before, after: try await again(before, in: clinic))
    }

    private static func give(
        _ wish: RoleToGive, to id: ID<StaffMember>, by maker: Maker, in clinic: borrowing Transaction
    ) async throws -> Outcome {
        try maker.caller.mustNotBe(id.unique)
        let wanted = try await WantedRole.read(wish, by: maker, in: clinic)
        let before = try await person(id, for: maker, in: clinic)
        guard before.isActive else { throw Problem.conflict("They do not work here any more.") }
        try maker.mayTouch(wanted.named(with: maker.tenant.plugins))
        try SeparatedDuty.mustStayApart(before.roles.standing(at: maker.now), with: wanted.table)
        let given = wanted.given(.random(at: maker.now), at: maker.now)
        do {
            wanted.insert(given.id, to: id, by: maker.caller.id, at: maker.now, in: clinic)
            let after = try await again([before], in: clinic)
            return Outcome(given: given, before: [before], after: after)
        } catch let error as DatabaseError {
            guard error.constraint == "staff_role_is_given_once" else { throw error }
            throw Problem.conflict("They hold this role there already; take it first.")
        }
    }

    /// Nobody takes what they could not give: else whoever runs a location could be rid of whoever runs the
    /// clinic.
    private static func take(
        _ id: ID<GivenRole>, from staff: ID<StaffMember>, by maker: Maker, in clinic: borrowing Transaction
    ) async throws -> Outcome {
        let before = try await person(staff, for: maker, in: clinic)
        try maker.caller.mustNotBe(staff.unique)
        guard let given = before.roles.first(where: { $0.id == id }) else { throw Problem.notFound }
        try maker.mayTouch(given.named(with: maker.tenant.plugins))
        do {
            guard try await GivenRole.take(id, from: staff, in: clinic) else { throw Problem.notFound }
        } catch let error as DatabaseError {
            throw told(error)
        }
        return Outcome(given: given, before: [before], after: try await again([before], in: clinic))
    }

    /// What the maker is told where the database keeps the last administrator.
    static func told(_ error: DatabaseError) -> any Error {
        guard error.constraint == "clinic_keeps_an_administrator" else { return error }
        return Problem.conflict("A clinic keeps at least one administrator.")
    }

    static func found(_ id: ID<OwnRole>, in clinic: borrowing Transaction) async throws -> OwnRole {
        try await clinic.found(OwnRole.withID(id, in: clinic.tenant))
    }

    static func person(
        _ id: ID<StaffMember>, for maker: Maker, in clinic: borrowing Transaction
    ) async throws -> Colleague {
        let lines: [ColleagueLine] = try await clinic.rows(
            Colleague.withID(id, within: maker.locations, in: clinic.tenant))
        guard let person = Colleague.gather(lines).first else { throw Problem.notFound }
        return person
    }

    private static func again(
        _ people: [Colleague], in clinic: borrowing Transaction
    ) async throws -> [Colleague] {
        guard !people.isEmpty else { return [] }
        return Colleague.gather(
            try await clinic.rows(Colleague.withIDs(people.map(\.id), in: clinic.tenant)))
    }
}

extension WantedRole {
    /// What the wish means at this clinic.
    static func read(
        _ wish: RoleToGive, by maker: Maker, in clinic: borrowing Transaction
    ) async throws -> WantedRole {
        if let location = wish.location, maker.tenant.location(location) == nil {
            throw complaint("location", "unknown", "must be one of the clinic's locations")
        }
        if let until = wish.until, until <= maker.now {
            throw complaint("until", "not_later", "must be later than now")
        }
        switch wish.role {
        case .house(let role):
            guard role.isClinics else {
                throw complaint("role", "not_a_clinics", "must be a role that a clinic gives to its people")
            }
            return WantedRole(
                role: wish.role, location: wish.location, until: wish.until, own: nil,
                table: RoleMatrix.table(of: role))
        case .own(let slug):
            let own: OwnRole? = try await clinic.row(OwnRole.named(slug, in: clinic.tenant))
            guard let own else { throw complaint("role", "unknown", "must be one of the clinic's own roles") }
            return WantedRole(
                role: wish.role, location: wish.location, until: wish.until, own: own.id, table: own.table)
        }
    }

    private static func complaint(_ name: String, _ code: String, _ detail: String) -> Problem {
        .invalidInput([Complaint(pointer: "/" + name, code: code, detail: detail)])
    }
}
