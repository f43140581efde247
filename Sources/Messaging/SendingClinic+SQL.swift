import Database
import Vocabulary

/// What the sender must know of the clinic that it sends for.
struct SendingClinic: FromRow {
    let slug: Slug
    /// How many messages of the channel the clinic allows in a day, if it said so.
    let messagesPerDay: Int?

    init(_ row: inout Row) throws {
        let (text, most): (String, Int64?) = (try row.next(), try row.next())
        guard let slug = Slug(text: text) else { throw UnreadableSlug() }
        (self.slug, messagesPerDay) = (slug, most.map(Int.init))
    }

    /// Of the layers of its configuration the clinic's own decides, then the chain's.
    static func of(_ tenant: TenantID, sending channel: MessageChannel) -> SQL {
        let path = ["messages", "\(channel.rawValue)_per_day"]
        return """
            SELECT t.slug, coalesce(
                (SELECT body #>> \(path) FROM clinic_configuration WHERE tenant_id = \(tenant)
                    ORDER BY version DESC LIMIT 1),
                (SELECT body #>> \(path) FROM organisation_configuration o
                    WHERE o.organisation_id = t.organisation_id ORDER BY version DESC LIMIT 1))::bigint
            FROM tenant t WHERE t.id = \(tenant)
            """
    }

    /// A row holds what no slug can be: somebody changed a constraint.
    struct UnreadableSlug: Error {}
}
