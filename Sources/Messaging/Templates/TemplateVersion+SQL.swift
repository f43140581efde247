public import Database
import JSON
import Shapes
public import Vocabulary

extension TemplateVersion: FromRow {
    /// How many a place may have.
    public static let most: Int32 = 10_000

    /// Reads the columns as `page` selects them.
    public init(_ row: inout Row) throws {
        (version, parts) = (try row.next(), try row.nextParts())
        (savedAt, isLive) = (try row.next(), try row.next())
    }

    /// Those before one of them, the latest first.
    public static func page(
        at place: TemplatePlace, before version: Int32 = .max, limit: Int, in tenant: TenantID
    ) -> SQL {
        """
        SELECT v.version, v.parts, v.saved_at, l.version IS NOT NULL FROM message_template_version v
        LEFT JOIN live_message_template l USING (tenant_id, template, language, channel, version)
        WHERE v.tenant_id = \(tenant) AND v.template = \(place.name.text) AND v.language = \(place.language)
            AND v.channel = \(place.channel) AND v.version < \(version)
        ORDER BY v.version DESC LIMIT \(limit)
        """
    }

    /// One of them.
    public static func numbered(_ version: Int32, at place: TemplatePlace, in tenant: TenantID) -> SQL {
        """
        SELECT v.version, v.parts, v.saved_at, l.version IS NOT NULL FROM message_template_version v
        LEFT JOIN live_message_template l USING (tenant_id, template, language, channel, version)
        WHERE v.tenant_id = \(tenant) AND v.template = \(place.name.text) AND v.language = \(place.language)
            AND v.channel = \(place.channel) AND v.version = \(version)
        """
    }

    /// Saves the next version and gives its number. No row when somebody else saved in the same moment, or
    /// when there are as many as there may be.
    public static func save(
        _ parts: TemplateParts, at place: TemplatePlace, by person: UniqueID?, at now: Instant,
        in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO message_template_version (tenant_id, template, language, channel, version, parts, saved_at, saved_by)
        SELECT \(tenant), \(place.name.text), \(place.language), \(place.channel), coalesce(max(version), 0) + 1,
            \(JSONText(parts.compact)), \(now), \(person)
        FROM message_template_version WHERE tenant_id = \(tenant) AND template = \(place.name.text)
            AND language = \(place.language) AND channel = \(place.channel)
        HAVING coalesce(max(version), 0) < \(most)
        ON CONFLICT DO NOTHING RETURNING version
        """
    }

    /// Has that version said from now on. Touches no row when there is none of that number.
    public static func makeLive(_ version: Int32, at place: TemplatePlace, in tenant: TenantID) -> SQL {
        """
        INSERT INTO live_message_template (tenant_id, template, language, channel, version)
        SELECT tenant_id, template, language, channel, version FROM message_template_version
        WHERE tenant_id = \(tenant) AND template = \(place.name.text) AND language = \(place.language)
            AND channel = \(place.channel) AND version = \(version)
        ON CONFLICT (tenant_id, template, language, channel) DO UPDATE SET version = excluded.version
        """
    }
}

extension LiveTemplate: FromRow {
    /// Reads the columns as `own` selects them.
    public init(_ row: inout Row) throws {
        let (name, language, channel): (String, String, MessageChannel) = (
            try row.next(), try row.next(), try row.next()
        )
        guard let name = TemplateName(name), let language = Language(tag: language) else {
            throw TemplateGone(template: name)
        }
        self.init(
            TemplatePlace(name, in: language, on: channel), try row.nextParts(), version: try row.next(),
            savedAt: try row.next())
    }

    /// A clinic's own words that are said now.
    public static func own(in tenant: TenantID) -> SQL {
        """
        SELECT template, language, channel, parts, version, saved_at
        FROM live_message_template JOIN message_template_version USING (tenant_id, template, language, channel, version)
        WHERE tenant_id = \(tenant) AND template = ANY (\(TemplateName.all.map(\.text)))
        """
    }

    /// The clinic's own words at a place; no row where the platform's are said.
    public static func own(at place: TemplatePlace, in tenant: TenantID) -> SQL {
        """
        \(own(in: tenant)) AND template = \(place.name.text) AND language = \(place.language)
            AND channel = \(place.channel)
        """
    }

    /// Has the platform's words said again. The versions stay.
    public static func reset(_ place: TemplatePlace, in tenant: TenantID) -> SQL {
        """
        DELETE FROM live_message_template WHERE tenant_id = \(tenant) AND template = \(place.name.text)
            AND language = \(place.language) AND channel = \(place.channel)
        """
    }
}

/// A row speaks of a kind of message that the program no longer knows.
struct TemplateGone: Error {
    let template: String
}

/// A clinic's own words, as a sender needs them.
struct OwnTemplate: FromRow {
    let language: String
    let version: Int32
    let parts: TemplateParts

    init(language: String, version: Int32, parts: TemplateParts) {
        (self.language, self.version, self.parts) = (language, version, parts)
    }

    init(_ row: inout Row) throws {
        (language, version, parts) = (try row.next(), try row.next(), try row.nextParts())
    }

    static func live(
        _ name: TemplateName, on channel: MessageChannel, in languages: [String], of tenant: TenantID
    ) -> SQL {
        """
        SELECT language, version, parts
        FROM live_message_template JOIN message_template_version USING (tenant_id, template, language, channel, version)
        WHERE tenant_id = \(tenant) AND template = \(name.text) AND language = ANY (\(languages))
            AND channel = \(channel)
        """
    }
}

extension Row {
    fileprivate mutating func nextParts() throws -> TemplateParts {
        try TemplateParts(reading: JSON(parsing: next(JSONText.self).bytes))
    }
}

extension TemplateParts {
    /// As a row keeps them: members that are not there are left out.
    fileprivate var compact: [UInt8] {
        let whole = (try? JSON(parsing: jsonText))?.objectValue ?? JSONObject()
        return JSON.object(JSONObject(whole.members.filter { $0.value != .null }.map { ($0.name, $0.value) }))
            .bytes
    }
}
