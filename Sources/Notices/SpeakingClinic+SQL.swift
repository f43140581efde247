import Database
import Vocabulary

/// How a clinic speaks to its patients: its languages, and the name by which it calls itself.
struct SpeakingClinic: FromRow {
    let name: String
    private let tags: [String]

    /// Reads the columns in the order in which `columns` names them.
    init(_ row: inout Row) throws { (tags, name) = (try row.next(), try row.next()) }

    /// The reader's own first.
    func languages(after tag: String) -> [Language] {
        ([tag] + tags).compactMap { Language(tag: $0) }
    }

    /// What the clinic says of itself decides, then what its chain does.
    static let columns: SQL = """
        ARRAY(SELECT jsonb_array_elements_text(coalesce(c.body -> 'languages', o.body -> 'languages', '[]'))),
        coalesce(c.body ->> 'name', o.body ->> 'name', t.name)
        """

    /// Where the columns come from.
    static func joined(in tenant: TenantID) -> SQL {
        """
        JOIN tenant t ON t.id = \(tenant)
        LEFT JOIN LATERAL (SELECT body FROM clinic_configuration
            WHERE tenant_id = \(tenant) ORDER BY version DESC LIMIT 1) c ON true
        LEFT JOIN LATERAL (SELECT body FROM organisation_configuration
            WHERE organisation_id = t.organisation_id ORDER BY version DESC LIMIT 1) o ON true
        """
    }
}
