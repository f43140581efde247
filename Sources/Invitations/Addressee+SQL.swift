import Database
import Messaging
import Vocabulary

/// Whom an invitation is sent to, and by which link.
struct Addressee: FromRow {
    let link: UniqueID
    let kind: String
    let address: String
    let languages: [String]
    let expiresAt: Instant
    let clinic: String
    let slug: String

    init(_ row: inout Row) throws {
        (link, kind, address) = (try row.next(), try row.next(), try row.next())
        (languages, expiresAt) = (try row.next(), try row.next())
        (clinic, slug) = (try row.next(), try row.next())
    }

    /// Held until the transaction ends, so that it is not taken back while it is being sent.
    static func of(_ subject: MessageSubject, at now: Instant, in tenant: TenantID) -> SQL {
        """
        SELECT i.link_id, i.address_kind, i.address, i.languages, i.expires_at, t.name, t.slug FROM invitation i
        JOIN tenant t ON t.id = i.tenant_id
        WHERE i.tenant_id = \(tenant) AND i.id = \(subject.id) AND i.times_sent = \(subject.version)
            AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > \(now)
        FOR SHARE OF i
        """
    }
}
