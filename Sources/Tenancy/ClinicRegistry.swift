public import Database
public import JSON
public import Shapes
public import Vocabulary

/// Opens, suspends and closes clinics and applies their files: what the command line does to the directory.
///
/// What cannot be is a `Refusal` in words; what is wrong with a file is a `ShapeFault` with every
/// complaint. Each act is one transaction, and says so to every instance.
public struct ClinicRegistry: Sendable {
    let database: Database
    let shelf: VisitTypeShelf
    let zones: ZoneFiles
    let ids: IDSource

    /// A registry that checks files against these plugins and zones.
    public init(
        _ database: Database, shelf: VisitTypeShelf, zones: ZoneFiles = ZoneFiles(), ids: IDSource = .chance
    ) {
        (self.database, self.shelf, self.zones, self.ids) = (database, shelf, zones, ids)
    }

    /// A clinic as the operator sees it.
    public struct Entry: Sendable {
        /// The key of its rows.
        public let id: TenantID
        /// What the outside may see.
        public let publicID: ID<Tenant>
        /// The label of its host.
        public let slug: Slug
        /// The name it was created under.
        public let name: String
        /// The chain's slug, if it belongs to one.
        public let organisation: String?
        /// Since when it answers nobody; nil while it is open.
        public let suspendedAt: Instant?
        /// When it was created.
        public let createdAt: Instant
    }

    /// What applying a file would do.
    public struct Plan: Sendable {
        /// The version the file is compared with; 0 before the first.
        public let version: Int
        /// Every place at which the file differs from it; none where there is nothing to apply.
        public let changes: [ConfigurationChange]
    }

    /// Reads a file as the clinic would have it, all layers laid; throws everything that is wrong with it.
    public func check(
        _ file: JSONObject, below organisation: ResolvedConfiguration.Stored? = nil, version: Int = 1
    ) throws(ShapeFault) -> ResolvedConfiguration {
        try ResolvedConfiguration(
            organisation: organisation, clinic: .init(version: version, body: file), shelf: shelf,
            zones: zones)
    }

    /// What applying the file would change.
    public func plan(_ file: JSONObject, for slug: Slug) async throws -> Plan {
        let clinic = try await clinic(slug)
        let (_, plan) = try await prepare(file, for: clinic)
        return plan
    }

    /// Applies the file: a new version, its locations and things, and the audit row, or nothing at all. A
    /// file that changes nothing makes no version.
    @discardableResult
    public func apply(_ file: JSONObject, to slug: Slug, by operator: String, at now: Instant) async throws
        -> Plan
    {
        let clinic = try await clinic(slug)
        let (resolved, plan) = try await prepare(file, for: clinic)
        guard !plan.changes.isEmpty else { return plan }
        let version = plan.version + 1
        try await refusing(slug) {
            try await database.clinic(clinic.id).write { clinic in
                ConfigurationRows(
                    resolved.value, file: file, version: version, ids: ids.part(slug.text), by: `operator`,
                    at: now
                ).queue(in: clinic)
            }
        }
        return plan
    }

    private func prepare(
        _ file: JSONObject, for clinic: Entry
    ) async throws -> (resolved: ResolvedConfiguration, plan: Plan) {
        let stored = try await storedConfiguration(of: clinic.id)
        let version = stored?.version ?? 0
        let template = try await template(of: clinic)
        let resolved = try check(file, below: template, version: version + 1)
        let changes = ConfigurationChange.all(from: .object(stored?.body ?? JSONObject()), to: .object(file))
        return (resolved, Plan(version: version, changes: changes))
    }

    /// Turns what the schema's constraints say into words.
    func refusing<Value>(
        _ slug: Slug, _ body: nonisolated(nonsending) () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let error as DatabaseError {
            guard let refusal = Self.refusal(of: error.constraint, about: slug) else { throw error }
            throw refusal
        }
    }

    private static func refusal(of constraint: String?, about slug: Slug) -> Refusal? {
        switch constraint {
        case "tenant_slug_is_free": "There already is a clinic \(slug.text)."
        case "organisation_slug_is_free": "There already is an organisation \(slug.text)."
        case "tenant_domain_is_free": "Another clinic has that domain."
        case "forgotten_tenant_is_suspended":
            "Suspend \(slug.text) first: only a suspended clinic can be deleted."
        case "clinic_configuration_key", "organisation_configuration_key":
            "Somebody else applied a configuration to \(slug.text) just now. Look at the plan again."
        case "tenant_name_is_short", "organisation_name_is_short": "A name has 1 to 200 characters."
        default: nil
        }
    }
}
