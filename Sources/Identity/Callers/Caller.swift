public import HTTP
public import Roles
public import Tenancy
public import Vocabulary

/// Whoever made this request.
public struct Caller: Hashable, Sendable {
    /// What sort of caller it is, as the audit trail names it.
    public enum Kind: String, Sendable {
        case staff, patient, support, integration, system
    }

    /// A role, where it was given for and until when, and what it allows.
    public struct HeldRole: Hashable, Sendable {
        /// The role.
        public let role: RoleName
        /// The location it holds at; nil for the whole clinic.
        public let location: ID<Location>?
        /// Until when; nil for good.
        public let until: Instant?
        /// What it allows.
        public let table: RightTable
        /// Why they hold it.
        public let basis: Basis

        /// One of the house's roles at a location, or in the whole clinic.
        public init(_ role: Role, at location: ID<Location>? = nil, until end: Instant? = nil) {
            self.init(.house(role), RoleMatrix.table(of: role), at: location, until: end)
        }

        /// A role and what it allows.
        public init(
            _ role: RoleName, _ table: RightTable, at location: ID<Location>? = nil,
            until end: Instant? = nil, because basis: Basis = .given
        ) {
            (self.role, self.table, self.location, until) = (role, table, location, table.end(by: end))
            self.basis = basis
        }
    }

    /// Why somebody holds a role.
    public enum Basis: Hashable, Sendable {
        /// It was given to them.
        case given
        /// They have opened one patient's record in an emergency, by this opening.
        case emergency(UniqueID, of: UniqueID)
        /// They answer for one patient, by this guardianship.
        case guardian(UniqueID, of: UniqueID)
        /// They are somebody of the platform, whom the clinic has let in.
        case support

        /// The one patient for whom it holds, where it is one.
        public var patient: UniqueID? {
            switch self {
            case .given, .support: nil
            case .emergency(_, of: let patient), .guardian(_, of: let patient): patient
            }
        }
    }

    /// What sort of caller it is.
    public let kind: Kind
    /// The staff member's, the patient's or the key's id, or, of somebody of the platform, the grant's;
    /// without its kind.
    public let id: UniqueID
    /// What they are here, as the clinic's rows said a few seconds ago at most.
    public let roles: [HeldRole]
    /// The sign-in; a key stands for its own.
    public let session: ID<Session>
    /// Who answers for a program, and so bounds what it may do; nil for people.
    public let keeper: ID<StaffMember>?

    /// A person who holds these roles.
    public init(_ person: Person, roles: [HeldRole], session: ID<Session>) {
        kind =
            switch person.kind {
            case .staff: .staff
            case .patient: .patient
            case .support: .support
            }
        (id, self.roles, self.session, keeper) = (person.id, roles, session, nil)
    }

    /// A program that calls by this key.
    init(_ key: ID<APIKey>, keptBy keeper: ID<StaffMember>, roles: [HeldRole]) {
        (kind, id, session, self.roles) = (.integration, key.unique, ID(key.unique), roles)
        self.keeper = keeper
    }

    /// A staff member who holds these roles.
    public init(_ staffMember: ID<StaffMember>, roles: [HeldRole], session: ID<Session>) {
        self.init(Person(staffMember), roles: roles, session: session)
    }

    /// The person that calls; nil for programs and the system.
    public var person: Person? {
        switch kind {
        case .staff: Person(.staff, id)
        case .patient: Person(.patient, id)
        case .support: Person(.support, id)
        case .integration, .system: nil
        }
    }

    /// The clinic's own person that calls; nil for the platform's people, programs and the system.
    public var personOfClinic: Person? { person.flatMap { $0.isOfClinic ? $0 : nil } }

    /// The id of the staff member that calls; nil for others.
    public var staffMember: ID<StaffMember>? { kind == .staff ? ID(id) : nil }

    /// `stf_…`, `pat_…`, `spg_…` or `key_…`.
    public var idText: String { person?.text ?? ID<APIKey>(id).text }

    /// Whether a program may use its key from there: all of its roles hold under the same conditions.
    public func mayCall(from address: IPAddress) -> Bool {
        roles.first?.table.conditions.allSatisfy { $0.admits(address) } ?? true
    }

    /// Everything that was given to them to do at that moment, role by role, where the clinic has these
    /// plugins.
    public func rights(at now: Instant, with plugins: [ClinicPlugin]) -> Set<PlacedRight> {
        roles.rights(at: now, with: plugins)
    }

    /// Whether they are another caller when what is kept of somebody changes.
    public func dependsOn(_ id: UniqueID) -> Bool { self.id == id || keeper?.unique == id }
}

extension [Caller.HeldRole] {
    /// Everything that was given to do at that moment, role by role, where the clinic has these plugins.
    func rights(at now: Instant, with plugins: [ClinicPlugin]) -> Set<PlacedRight> {
        let held = filter { $0.basis == .given && $0.until.map { $0 > now } ?? true }
        return held.reduce(into: []) {
            $0.formUnion($1.table.placed(at: $1.location, until: $1.until, with: plugins))
        }
    }
}
