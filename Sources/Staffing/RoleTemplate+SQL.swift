public import Database
import JSON
import Roles
import Tenancy
import Vocabulary

extension RoleTemplate: FromRow {
    private static let live: SQL = """
        SELECT t.id, t.slug, t.title, t.retired_at, v.version, v.body, v.locked, v.published_at
        FROM role_template t JOIN LATERAL (
            SELECT version, body, locked, published_at FROM role_template_version
            WHERE organisation_id = t.organisation_id AND role_template_id = t.id ORDER BY version DESC LIMIT 1
        ) v ON true
        """

    /// Reads a row of `live`.
    public init(_ row: inout Row) throws {
        (id, slug, title) = (try row.next(), try row.slug(), try row.next())
        retiredAt = try row.next()
        (version, definition) = (try row.next(), try row.definition())
        (locked, publishedAt) = (try row.lockedFields(), try row.next())
    }

    /// Those that can be adopted, in the order of their words.
    static func all(in tenant: TenantID) -> SQL {
        """
        \(live) WHERE t.organisation_id = \(tenant.chain) AND t.retired_at IS NULL ORDER BY t.slug LIMIT 200
        """
    }

    static func withID(_ id: ID<RoleTemplate>, in tenant: TenantID) -> SQL {
        "\(live) WHERE t.organisation_id = \(tenant.chain) AND t.id = \(id)"
    }

    /// Publishes the template with its first version; false when the chain has as many as it may.
    func insert(in clinic: borrowing Transaction) async throws -> Bool {
        let made = try await clinic.run(
            """
            INSERT INTO role_template (organisation_id, id, slug, title, created_at)
            SELECT organisation_id, \(id), \(slug.text), \(title), \(publishedAt) FROM tenant
            WHERE id = \(clinic.tenant) AND (SELECT count(*) FROM role_template t
                WHERE t.organisation_id = tenant.organisation_id AND t.retired_at IS NULL) < \(Self.most)
            """)
        guard made == 1 else { return false }
        return try await addVersion(in: clinic)
    }

    /// Makes this version the live one; false when another has become it meanwhile, or the template was
    /// retired. The template's row is held from the first statement on, so that versions come one by one.
    func publish(in clinic: borrowing Transaction) async throws -> Bool {
        let changed = try await clinic.run(
            """
            UPDATE role_template SET title = \(title)
            WHERE organisation_id = \(clinic.tenant.chain) AND id = \(id) AND retired_at IS NULL
            """)
        guard changed == 1 else { return false }
        return try await addVersion(in: clinic)
    }

    private func addVersion(in clinic: borrowing Transaction) async throws -> Bool {
        let body = JSONText(Array(definition.jsonText.utf8))
        let added = try await clinic.run(
            """
            INSERT INTO role_template_version (organisation_id, role_template_id, version, body, locked, published_at)
            SELECT t.organisation_id, t.id, \(version), \(body), \(locked.map(\.rawValue)), \(publishedAt)
            FROM role_template t
            WHERE t.organisation_id = \(clinic.tenant.chain) AND t.id = \(id) AND \(version - 1) = (
                SELECT coalesce(max(version), 0) FROM role_template_version
                WHERE organisation_id = t.organisation_id AND role_template_id = t.id)
            """)
        return added == 1
    }

    /// False when that has been done already.
    static func retire(
        _ id: ID<RoleTemplate>, at now: Instant, in clinic: borrowing Transaction
    ) async throws -> Bool {
        try await clinic.run(
            """
            UPDATE role_template SET retired_at = \(now)
            WHERE organisation_id = \(clinic.tenant.chain) AND id = \(id) AND retired_at IS NULL
            """) == 1
    }
}

extension RoleTemplateVersion: FromRow {
    /// Reads a row of `all`.
    public init(_ row: inout Row) throws {
        (version, definition) = (try row.next(), try row.definition())
        (locked, publishedAt) = (try row.lockedFields(), try row.next())
    }

    static func all(of id: ID<RoleTemplate>, in tenant: TenantID) -> SQL {
        """
        SELECT version, body, locked, published_at FROM role_template_version
        WHERE organisation_id = \(tenant.chain) AND role_template_id = \(id) ORDER BY version DESC LIMIT 200
        """
    }

    static func numbered(_ version: Int32, of id: ID<RoleTemplate>, in tenant: TenantID) -> SQL {
        """
        SELECT version, body, locked, published_at FROM role_template_version
        WHERE organisation_id = \(tenant.chain) AND role_template_id = \(id) AND version = \(version)
        """
    }
}

extension AdoptedTemplate {
    /// Of a role `o`: what it was adopted from, and what is live of that, in the order in which it is read.
    static let columns: SQL = "o.role_template_id, o.template_version, l.version, l.locked"
    /// One row for each role, of nulls where no template of the clinic's own chain stands behind it.
    static let live: SQL = """
        LEFT JOIN LATERAL (
            SELECT w.version, w.locked FROM role_template t
            JOIN role_template_version w ON w.organisation_id = t.organisation_id AND w.role_template_id = t.id
            WHERE t.organisation_id = o.organisation_id AND t.id = o.role_template_id AND t.retired_at IS NULL
            ORDER BY w.version DESC LIMIT 1
        ) l ON o.organisation_id = (SELECT organisation_id FROM tenant WHERE id = o.tenant_id)
        """

    /// Nil for a role that the clinic made by itself.
    static func read(_ row: inout Row) throws -> AdoptedTemplate? {
        let template = try row.next(ID<RoleTemplate>?.self), version = try row.next(Int32?.self)
        let liveVersion = try row.next(Int32?.self), locked = try row.next([String]?.self) ?? []
        guard let template, let version else { return nil }
        return AdoptedTemplate(
            template: template, version: version, liveVersion: liveVersion,
            locked: locked.compactMap(LockableField.init(rawValue:)))
    }
}

extension TenantID {
    /// The chain that the clinic belongs to, as its row says now: null for one of its own.
    var chain: SQL { "(SELECT organisation_id FROM tenant WHERE id = \(self))" }
}

extension Row {
    fileprivate mutating func lockedFields() throws -> [LockableField] {
        try next([String].self).compactMap(LockableField.init(rawValue:))
    }
}
