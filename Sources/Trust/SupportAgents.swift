public import Database
public import Identity
import Tenancy
public import Vocabulary

/// The platform's people who help clinics: what the command line says of them. None of them is anybody at a
/// clinic until it lets them in.
///
/// What cannot be is a `Refusal` in words.
public struct SupportAgents: Sendable {
    let database: Database

    /// The people of this installation.
    public init(in database: Database) { self.database = database }

    /// One of them.
    public struct Entry: Sendable {
        /// Names them wherever they are let in.
        public let id: ID<SupportAgent>
        /// What clinics see.
        public let name: String
        /// By which clinics let them in, and at which codes reach them.
        public let email: String
        /// When they were taken on.
        public let addedAt: Instant
        /// When they were let go; nil for those who are there.
        public let removedAt: Instant?
        /// The slugs of the clinics at which they may come in now.
        public let clinics: [String]
    }

    /// Takes somebody on.
    public func add(name: String, email: String, at now: Instant) async throws -> Entry {
        let entry = Entry(
            id: .random(at: now), name: name, email: email, addedAt: now, removedAt: nil, clinics: [])
        do {
            try await database.acrossAllTenantsUnsafely(because: "Somebody is taken on for support.") {
                _ = try await $0.run(Self.insert(entry))
            }
        } catch let error as DatabaseError {
            guard let refusal = Self.refusal(of: error.constraint) else { throw error }
            throw refusal
        }
        return entry
    }

    /// Everybody who is there, or was.
    public func list() async throws -> [Entry] {
        try await database.acrossAllTenantsUnsafely(because: "Those who give support are listed.") {
            try await $0.rows(Self.all)
        }
    }

    /// Lets somebody go: they are out wherever they are in, at once, and what they did stays.
    public func remove(_ email: String, by operator: String, at now: Instant) async throws -> Entry {
        let (found, places): (Entry?, [OpenPlace]) = try await database.acrossAllTenantsUnsafely(
            because: "Somebody gives support no longer."
        ) { platform in
            let found: Entry? = try await platform.row(Self.remove(email, at: now))
            guard let found else { return (nil, []) }
            return (found, try await platform.rows(Self.places(of: found.id, at: now)))
        }
        guard let found else { throw Refusal("Nobody who gives support has the address \(email).") }
        for place in places {
            try await database.clinic(place.tenant).write { clinic in
                try await end(place.grant, by: `operator`, at: now, in: clinic)
            }
        }
        return found
    }

    /// The clinic's own trail says who ended what it had allowed.
    private func end(
        _ id: ID<SupportGrant>, by operator: String, at now: Instant, in clinic: borrowing Transaction
    ) async throws {
        let found: SupportGrant? = try await clinic.row(
            SupportGrant.withID(id, forChange: true, in: clinic.tenant))
        guard let grant = found, grant.isOpen(at: now) else { return }
        _ = grant.end(at: now, by: nil, in: clinic)
        OperatorLine("support.end", to: ("support_grant", id.unique), by: `operator`, at: now).queue(
            in: clinic)
    }

    private static func refusal(of constraint: String?) -> Refusal? {
        switch constraint {
        case "support_agent_email_is_free": "Somebody who gives support has that e-mail address already."
        case "support_agent_email_is_lower_case":
            "An e-mail address is written in lower case, with 3 to 254 letters."
        case "support_agent_name_is_short": "A name has 1 to 200 characters."
        default: nil
        }
    }
}
