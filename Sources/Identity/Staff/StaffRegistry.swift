public import Database
public import Tenancy
public import Vocabulary

/// Takes people on at a clinic and lets them go: what the command line does, before anyone can sign in to do
/// it.
///
/// What cannot be is a `Refusal` in words.
public struct StaffRegistry: Sendable {
    let database: TenantDatabase

    /// The people of this clinic.
    public init(of database: TenantDatabase) { self.database = database }

    /// Someone to take on.
    public struct Newcomer: Sendable {
        /// What patients call them.
        public var name: String
        /// What they will be.
        public var role: Role
        /// Where; nil for the whole clinic.
        public var location: ID<Location>?
        /// How they are reached, and later sign in: one of the two at least.
        public var phone: String?
        /// An address in lower case.
        public var email: String?
        /// Whether patients can book them: they then work when their location is open.
        public var isBookable: Bool

        /// A newcomer with nothing but a name and a role.
        public init(name: String, role: Role) {
            (self.name, self.role, isBookable) = (name, role, false)
        }
    }

    /// Someone who works here.
    public struct Entry: Sendable {
        /// Their id.
        public let id: ID<StaffMember>
        /// What patients call them.
        public let name: String
        /// What they are, each role with the slug of its location where it has one.
        public let roles: [String]
        /// The id by which patients book them; nil when they cannot.
        public let practitioner: UniqueID?
        /// Whether they may still sign in.
        public let isActive: Bool
    }

    /// Takes someone on.
    public func add(_ newcomer: Newcomer, by operator: String, at now: Instant) async throws -> Entry {
        if newcomer.role.isChains {
            guard try await isOfChain() else {
                throw Refusal("\(newcomer.role.rawValue) is a chain's role, and this clinic belongs to none.")
            }
        } else if newcomer.role.isOutsideClinics || !Role.human.contains(newcomer.role) {
            throw Refusal("\(newcomer.role.rawValue) is not a clinic's role to give.")
        }
        guard !newcomer.isBookable || newcomer.location != nil else {
            throw Refusal("Whom patients can book works somewhere: name the location.")
        }
        let id = ID<StaffMember>.random(at: now)
        try await refusing {
            try await database.write { clinic in
                queue(newcomer, as: id, by: `operator`, at: now, in: clinic)
            }
        }
        return try await entry(id)
    }

    /// Lets someone go: their tokens end, what they did stays.
    public func remove(_ id: ID<StaffMember>, by operator: String, at now: Instant) async throws {
        try await refusing {
            let count = try await database.write { clinic in
                try await deactivate(id, by: `operator`, at: now, in: clinic)
            }
            guard count == 1 else { throw Refusal("Nobody active here has the id \(id).") }
        }
    }

    /// Turns what the schema's constraints say into words.
    private func refusing(_ body: nonisolated(nonsending) () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as DatabaseError {
            guard let refusal = Self.refusal(of: error.constraint) else { throw error }
            throw refusal
        }
    }

    private static func refusal(of constraint: String?) -> Refusal? {
        switch constraint {
        case "staff_member_email_is_free": "Somebody here has that e-mail address already."
        case "staff_member_phone_is_free": "Somebody here has that phone number already."
        case "staff_member_can_be_reached": "A phone number or an e-mail address is needed."
        case "staff_member_email_is_lower_case":
            "An e-mail address is written in lower case, with 3 to 254 letters."
        case "staff_member_phone_is_e164": "A phone number is written as +919812345678."
        case "clinic_keeps_an_administrator": "A clinic keeps at least one administrator."
        case "staff_member_name_is_short": "A name has 1 to 200 characters."
        default: nil
        }
    }
}

extension Role {
    /// A chain's own people work at one of its clinics; who they are is for the platform's operator to say.
    fileprivate var isChains: Bool { self == .owner || self == .analyst }
}
