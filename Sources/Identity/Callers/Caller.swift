public import Tenancy
public import Vocabulary

/// Whoever made this request.
public struct Caller: Hashable, Sendable {
    /// What sort of caller it is, as the audit trail names it.
    public enum Kind: String, Sendable {
        case staff, patient, system
    }

    /// A role, and where it was given for.
    public struct HeldRole: Hashable, Sendable {
        /// The role.
        public let role: Role
        /// The location it holds at; nil for the whole clinic.
        public let location: ID<Location>?

        /// A role at a location, or in the whole clinic.
        public init(_ role: Role, at location: ID<Location>? = nil) {
            (self.role, self.location) = (role, location)
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

    /// A staff member who holds these roles.
    public init(_ staffMember: ID<StaffMember>, roles: [HeldRole], session: ID<Session>) {
        (kind, id, self.roles, self.session) = (.staff, staffMember.unique, roles, session)
    }

    /// The id of the staff member that calls; nil for others.
    public var staffMember: ID<StaffMember>? { kind == .staff ? ID(id) : nil }
}
