public import Database
import JSON
import Shapes
import Vocabulary

extension Tenant {
    /// Whether the clinic is there and not suspended, as its row says now.
    public static func isOpen(in clinic: TenantDatabase) async throws -> Bool {
        let open: Bool? = try await clinic.row(
            "SELECT suspended_at IS NULL FROM tenant WHERE id = \(clinic.tenant)")
        return open ?? false
    }
}

extension TenantDirectory {
    /// The clinic at a host, read from the database; nil where there is none and where it is suspended.
    func tenant(at host: HostName, below base: HostName) async throws -> Tenant? {
        let row: TenantRow?
        if let slug = host.label(below: base) {
            row = try await database.platformRow("\(TenantRow.select) WHERE t.slug = \(slug.text)")
        } else if host.isBelow(base) {
            row = nil
        } else {
            row = try await database.platformRow(
                """
                \(TenantRow.select) WHERE t.id = (SELECT d.tenant_id FROM tenant_domain d
                    WHERE d.host = \(host.text))
                """)
        }
        guard let row, !row.isSuspended else { return nil }
        return try await snapshot(row)
    }

    private func snapshot(_ row: TenantRow) async throws -> Tenant {
        let clinic = database.clinic(row.id)
        let stored: StoredLayer? = try await clinic.row(
            """
            SELECT version, body FROM clinic_configuration WHERE tenant_id = \(row.id) ORDER BY version DESC
                LIMIT 1
            """)
        let places: [LocationRow] = try await clinic.rows(
            """
            SELECT id, slug, name, zone FROM location
            WHERE tenant_id = \(row.id) AND active ORDER BY slug, id
            """)
        let resolved = try ResolvedConfiguration(
            organisation: row.organisationLayer?.layer,
            clinic: stored?.layer ?? .init(version: 0, body: JSONObject()), shelf: shelf, zones: zones)
        // What stands in rows of its own is not kept twice: there may be ten thousand snapshots.
        var configuration = resolved.value
        (configuration.locations, configuration.plugins) = ([], PluginConfigurations())
        return Tenant(
            id: row.id, publicID: row.publicID, slug: row.slug, name: configuration.name ?? row.name,
            organisation: row.organisation, configuration: configuration,
            locations: try places.map { place in
                Location(
                    id: place.id, slug: place.slug, name: place.name, zone: try zones.zone(named: place.zone),
                    booking: try resolved.booking(at: place.slug))
            },
            visitTypes: resolved.visitTypes, plugins: resolved.plugins(on: shelf))
    }
}

/// A row of the directory, with the newest layer of the chain it belongs to.
private struct TenantRow: FromRow {
    static let select: SQL = """
        SELECT t.id, t.public_id, t.slug, t.name, t.suspended_at IS NOT NULL, t.organisation_id, o.version,
            o.body
        FROM tenant t LEFT JOIN LATERAL (
            SELECT version, body FROM organisation_configuration
            WHERE organisation_id = t.organisation_id ORDER BY version DESC LIMIT 1
        ) o ON true
        """

    let id: TenantID
    let publicID: ID<Tenant>
    let slug: Slug
    let name: String
    let isSuspended: Bool
    let organisation: ID<Organisation>?
    let organisationLayer: StoredLayer?

    init(_ row: inout Row) throws {
        (id, publicID) = (try row.next(), try row.next())
        slug = try row.nextSlug()
        (name, isSuspended, organisation) = (try row.next(), try row.next(), try row.next())
        let version: Int32? = try row.next()
        let body: JSONText? = try row.next()
        organisationLayer = version.flatMap { version in body.map { StoredLayer(version: version, body: $0) }
        }
    }
}

private struct LocationRow: FromRow {
    let id: ID<Location>
    let slug: Slug
    let name: String
    let zone: String

    init(_ row: inout Row) throws {
        id = try row.next()
        slug = try row.nextSlug()
        (name, zone) = (try row.next(), try row.next())
    }
}

/// A layer of configuration as a row holds it.
struct StoredLayer: FromRow {
    let version: Int32
    let body: JSONText

    init(version: Int32, body: JSONText) { (self.version, self.body) = (version, body) }

    init(_ row: inout Row) throws { (version, body) = (try row.next(), try row.next()) }

    /// The layer; the schema allows objects only.
    var layer: ResolvedConfiguration.Stored {
        get throws {
            ResolvedConfiguration.Stored(
                version: Int(version), body: try JSON(parsing: body.bytes).objectValue ?? JSONObject())
        }
    }
}

extension Row {
    /// A column that the schema has already checked to be a label.
    mutating func nextSlug() throws -> Slug {
        let text: String = try next()
        guard let slug = Slug(text: text) else { throw SlugFault(text: text) }
        return slug
    }
}

/// A row holds what no slug can be: somebody changed a constraint.
struct SlugFault: Error {
    let text: String
}
