public import Database
public import JSON
import Shapes
public import Vocabulary

extension ClinicRegistry {
    /// Opens a clinic with its file: directory row, first version, locations and things, all or nothing.
    public func create(
        _ slug: Slug, name: String, of organisation: Slug? = nil, file: JSONObject, by operator: String,
        at now: Instant
    ) async throws -> Entry {
        let chain = try await organisation.asyncMap { try await self.organisation($0) }
        let template = try await chain.asyncMap { try await self.template(of: $0) } ?? nil
        let resolved = try check(file, below: template)
        let ids = ids.part(slug.text), publicID = ID<Tenant>(ids.id(of: "clinic", at: now))
        try await refusing(slug) {
            try await database.acrossAllTenantsUnsafely(because: "A clinic is created.") { platform in
                let made: TenantID? = try await platform.row(
                    """
                    INSERT INTO tenant (public_id, organisation_id, slug, name, created_at)
                    VALUES (\(publicID), \(chain), \(slug.text), \(name), \(now)) RETURNING id
                    """)
                guard let made else { return }
                try await platform.inside(made) { clinic in
                    ConfigurationRows(
                        resolved.value, file: file, version: 1, ids: ids, by: `operator`, at: now
                    ).queue(in: clinic)
                }
            }
        }
        return try await clinic(slug)
    }

    /// From now on the clinic's host answers as an unknown one does. Nothing of it is lost.
    public func suspend(_ slug: Slug, at now: Instant) async throws {
        try await change(
            slug,
            "UPDATE tenant SET suspended_at = \(now) WHERE slug = \(slug.text) AND suspended_at IS NULL",
            else: "\(slug.text) is suspended already.")
    }

    /// Ends a suspension.
    public func resume(_ slug: Slug) async throws {
        try await change(
            slug,
            "UPDATE tenant SET suspended_at = NULL WHERE slug = \(slug.text) AND suspended_at IS NOT NULL",
            else: "\(slug.text) is not suspended.")
    }

    /// Takes a suspended clinic out of the database, whole and for ever: patients, appointments, trail.
    public func delete(_ slug: Slug) async throws {
        let clinic = try await clinic(slug)
        try await refusing(slug) {
            try await database.acrossAllTenantsUnsafely(because: "A clinic is deleted.") { platform in
                _ = try await platform.run("SELECT forget_tenant(\(clinic.id))")
            }
        }
    }

    /// Gives the clinic a domain of its own.
    public func add(_ domain: HostName, to slug: Slug) async throws {
        let clinic = try await clinic(slug)
        try await change(
            slug, "INSERT INTO tenant_domain (host, tenant_id) VALUES (\(domain.text), \(clinic.id))",
            else: "")
    }

    /// Takes a domain away from the clinic.
    public func remove(_ domain: HostName, from slug: Slug) async throws {
        let clinic = try await clinic(slug)
        try await change(
            slug, "DELETE FROM tenant_domain WHERE host = \(domain.text) AND tenant_id = \(clinic.id)",
            else: "\(slug.text) does not have that domain.")
    }

    /// Every clinic, by slug.
    public func list() async throws -> [Entry] {
        try await database.platformRows("\(Entry.select) ORDER BY t.slug")
    }

    /// The clinic of that slug, suspended or not; a refusal where there is none.
    public func clinic(_ slug: Slug) async throws -> Entry {
        let entry: Entry? = try await database.platformRow("\(Entry.select) WHERE t.slug = \(slug.text)")
        guard let entry else { throw Refusal("There is no clinic \(slug.text).") }
        return entry
    }

    private func change(_ slug: Slug, _ sql: SQL, else reason: String) async throws {
        _ = try await clinic(slug)
        let count = try await refusing(slug) {
            try await database.acrossAllTenantsUnsafely(because: "The directory of clinics is changed.") {
                try await $0.run(sql)
            }
        }
        guard count == 1 else { throw Refusal(reason) }
    }
}

extension ClinicRegistry {
    /// Founds a chain.
    public func createOrganisation(_ slug: Slug, name: String, at now: Instant) async throws -> ID<
        Organisation
    > {
        let id = ID<Organisation>.random(at: now)
        try await refusing(slug) {
            try await database.acrossAllTenantsUnsafely(because: "An organisation is founded.") { platform in
                _ = try await platform.run(
                    """
                    INSERT INTO organisation (id, slug, name, created_at)
                    VALUES (\(id), \(slug.text), \(name), \(now))
                    """)
            }
        }
        return id
    }

    /// Founds a chain, unless there is one of that slug.
    public func foundIfMissing(_ slug: Slug, at now: Instant) async throws {
        if try await known(slug) == nil { _ = try await createOrganisation(slug, name: slug.text, at: now) }
    }

    /// Lays a chain's template, as a new version, below the files of its clinics. It is read as a clinic's
    /// file would be, so that a template that breaks every clinic cannot be applied.
    public func applyTemplate(
        _ file: JSONObject, to slug: Slug, by operator: String, at now: Instant
    ) async throws -> Int {
        let id = try await organisation(slug)
        let version = (try await template(of: id)?.version ?? 0) + 1
        _ = try check(JSONObject(), below: .init(version: version, body: file))
        try await refusing(slug) {
            try await database.acrossAllTenantsUnsafely(because: "An organisation's template is applied.") {
                platform in
                _ = try await platform.run(
                    """
                    INSERT INTO organisation_configuration (organisation_id, version, body, applied_at,
                        applied_by)
                    VALUES (\(id), \(Int32(version)), \(JSONText(file)), \(now), \(`operator`))
                    """)
            }
        }
        return version
    }

    func storedConfiguration(of tenant: TenantID) async throws -> ResolvedConfiguration.Stored? {
        let stored: StoredLayer? = try await database.clinic(tenant).row(
            """
            SELECT version, body FROM clinic_configuration WHERE tenant_id = \(tenant) ORDER BY version DESC
                LIMIT 1
            """)
        return try stored?.layer
    }

    func template(of clinic: Entry) async throws -> ResolvedConfiguration.Stored? {
        guard let slug = clinic.organisation.flatMap(Slug.init(text:)) else { return nil }
        return try await template(of: try await organisation(slug))
    }

    private func template(of organisation: ID<Organisation>) async throws -> ResolvedConfiguration.Stored? {
        let stored: StoredLayer? = try await database.platformRow(
            """
            SELECT version, body FROM organisation_configuration
            WHERE organisation_id = \(organisation) ORDER BY version DESC LIMIT 1
            """)
        return try stored?.layer
    }

    private func organisation(_ slug: Slug) async throws -> ID<Organisation> {
        guard let id = try await known(slug) else {
            throw Refusal("There is no organisation \(slug.text).")
        }
        return id
    }

    private func known(_ organisation: Slug) async throws -> ID<Organisation>? {
        try await database.platformRow("SELECT id FROM organisation WHERE slug = \(organisation.text)")
    }
}

extension ClinicRegistry.Entry: FromRow {
    static let select: SQL = """
        SELECT t.id, t.public_id, t.slug, t.name, o.slug, t.suspended_at, t.created_at
        FROM tenant t LEFT JOIN organisation o ON o.id = t.organisation_id
        """

    /// Reads a row of `select`.
    public init(_ row: inout Row) throws {
        (id, publicID, slug) = (try row.next(), try row.next(), try row.nextSlug())
        (name, organisation) = (try row.next(), try row.next())
        (suspendedAt, createdAt) = (try row.next(), try row.next())
    }
}

extension Optional {
    fileprivate func asyncMap<Value>(
        _ transform: nonisolated(nonsending) (Wrapped) async throws -> Value
    ) async throws -> Value? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
