public import Database
import Identity
import JSON
import Roles
import Shapes
import Vocabulary

extension OwnRole: FromRow {
    private static let columns: SQL = """
        o.id, o.slug, o.title, o.live_version, v.body, v.saved_by, v.saved_at, o.retired_at,
        \(AdoptedTemplate.columns)
        """
    private static let tables: SQL = """
        own_role o JOIN own_role_version v ON v.tenant_id = o.tenant_id AND v.own_role_id = o.id
            AND v.version = o.live_version
        \(AdoptedTemplate.live)
        """

    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        (id, slug, title) = (try row.next(), try row.slug(), try row.next())
        (version, definition) = (try row.next(), try row.definition())
        (savedBy, savedAt, retiredAt) = (try row.next(), try row.next(), try row.next())
        template = try AdoptedTemplate.read(&row)
    }

    /// Those that can be given, in the order of their words.
    static func live(in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM \(tables)
        WHERE o.tenant_id = \(tenant) AND o.retired_at IS NULL ORDER BY o.slug LIMIT 200
        """
    }

    static func withID(_ id: ID<OwnRole>, in tenant: TenantID) -> SQL {
        "SELECT \(columns) FROM \(tables) WHERE o.tenant_id = \(tenant) AND o.id = \(id)"
    }

    static func named(_ slug: Slug, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM \(tables)
        WHERE o.tenant_id = \(tenant) AND o.slug = \(slug.text) AND o.retired_at IS NULL
        """
    }

    /// Makes the role with its first version; false when the clinic has as many as it may.
    func insert(in clinic: borrowing Transaction) async throws -> Bool {
        let made = try await clinic.run(
            """
            INSERT INTO own_role (tenant_id, id, slug, title, live_version, created_at, organisation_id,
                role_template_id, template_version)
            SELECT \(clinic.tenant), \(id), \(slug.text), \(title), \(version), \(savedAt), \(chain(in: clinic.tenant)),
                \(template?.template), \(template?.version)
            WHERE (SELECT count(*) FROM own_role WHERE tenant_id = \(clinic.tenant) AND retired_at IS NULL)
                < \(Self.most)
            """)
        if made == 1 { queueVersion(in: clinic) }
        return made == 1
    }

    /// Makes this version the live one; false when another has become it meanwhile, or the role was retired.
    func save(in clinic: borrowing Transaction) async throws -> Bool {
        let changed = try await clinic.run(
            """
            UPDATE own_role SET live_version = \(version), title = \(title), template_version = \(template?.version)
            WHERE tenant_id = \(clinic.tenant) AND id = \(id) AND live_version = \(version - 1) AND retired_at IS NULL
            """)
        guard changed == 1 else { return false }
        queueVersion(in: clinic)
        return true
    }

    /// Row security lets the role point at its own chain's templates alone, and the key knows the rest.
    private func chain(in tenant: TenantID) -> SQL {
        template == nil ? "NULL::uuid" : tenant.chain
    }

    private func queueVersion(in clinic: borrowing Transaction) {
        let body = JSONText(Array(definition.jsonText.utf8))
        clinic.queue(
            """
            INSERT INTO own_role_version (tenant_id, own_role_id, version, body, saved_by, saved_at)
            VALUES (\(clinic.tenant), \(id), \(version), \(body), \(savedBy), \(savedAt))
            """)
    }

    /// Takes the role from everybody, for good; false when that has been done already.
    static func retire(
        _ id: ID<OwnRole>, at now: Instant, in clinic: borrowing Transaction
    ) async throws -> Bool {
        let retired = try await clinic.run(
            """
            UPDATE own_role SET retired_at = \(now)
            WHERE tenant_id = \(clinic.tenant) AND id = \(id) AND retired_at IS NULL
            """)
        guard retired == 1 else { return false }
        clinic.queue("DELETE FROM staff_role WHERE tenant_id = \(clinic.tenant) AND own_role_id = \(id)")
        return true
    }
}

extension OwnRoleVersion: FromRow {
    /// Reads a row of `all`.
    public init(_ row: inout Row) throws {
        (version, definition) = (try row.next(), try row.definition())
        (savedBy, savedAt) = (try row.next(), try row.next())
    }

    static func all(of id: ID<OwnRole>, in tenant: TenantID) -> SQL {
        """
        SELECT version, body, saved_by, saved_at FROM own_role_version
        WHERE tenant_id = \(tenant) AND own_role_id = \(id) ORDER BY version DESC LIMIT 200
        """
    }
}

extension Row {
    /// What cannot be read any more allows nothing: a definition without bases.
    mutating func definition() throws -> RoleDefinition {
        let body = try next(JSONText.self)
        guard let json = try? JSON(parsing: body.bytes), let read = try? RoleDefinition(reading: json) else {
            return .nothing
        }
        return read
    }

    mutating func slug() throws -> Slug {
        guard let slug = Slug(text: try next(String.self)) else {
            throw DatabaseError.unreadable(column: 1, type: 0, isNull: false)
        }
        return slug
    }
}
