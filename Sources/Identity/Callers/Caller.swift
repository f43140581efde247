public import Roles
public import Tenancy
public import Vocabulary

/// Whoever made this request.
public struct Caller: Hashable, Sendable {
    /// What sort of caller it is, as the audit trail names it.
    public enum Kind: String, Sendable {
        case staff, patient, system
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

        /// One of the house's roles at a location, or in the whole clinic.
        public init(_ role: Role, at location: ID<Location>? = nil, until end: Instant? = nil) {
            self.init(.house(role), RoleMatrix.table(of: role), at: location, until: end)
        }

        /// A role and what it allows.
        public init(
            _ role: RoleName, _ table: RightTable, at location: ID<Location>? = nil,
            until end: Instant? = nil
        ) {
            (self.role, self.table, self.location, until) = (role, table, location, end)
        }
    }

    /// What sort of caller it is.
    public let kind: Kind
    /// The staff member's or the patient's id, without its kind.
    public let id: UniqueID
    /// What they are here, as the clinic's rows said a few seconds ago at most.
    public let roles: [HeldRole]
    /// The sign-in.
    public let session: ID<Session>

    /// A person who holds these roles.
    public init(_ person: Person, roles: [HeldRole], session: ID<Session>) {
        kind = person.kind == .staff ? .staff : .patient
        (id, self.roles, self.session) = (person.id, roles, session)
    }

    /// A staff member who holds these roles.
    public init(_ staffMember: ID<StaffMember>, roles: [HeldRole], session: ID<Session>) {
        self.init(Person(staffMember), roles: roles, session: session)
    }

    /// The person that calls; nil for the system.
    public var person: Person? {
        switch kind {
        case .staff: Person(.staff, id)
        case .patient: Person(.patient, id)
        case .system: nil
        }
    }

    /// The id of the staff member that calls; nil for others.
    public var staffMember: ID<StaffMember>? { kind == .staff ? ID(id) : nil }
}
