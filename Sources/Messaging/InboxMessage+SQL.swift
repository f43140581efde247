public import Database
import Vocabulary

extension InboxMessage: FromRow {
    /// Reads the columns as `latest` selects them.
    public init(_ row: inout Row) throws {
        (id, channel, address) = (try row.next(), try row.next(), try row.next())
        (template, title, text, at) = (try row.next(), try row.next(), try row.next(), try row.next())
    }

    /// What a clinic's inbox holds, the newest first.
    public static func latest(_ limit: Int, in clinic: TenantDatabase) async throws -> [InboxMessage] {
        try await clinic.rows(
            """
            SELECT id, channel, address, template, title, body, kept_at FROM inbox_message
            WHERE tenant_id = \(clinic.tenant) ORDER BY kept_at DESC, id DESC LIMIT \(limit)
            """)
    }

    static func keep(_ message: OutgoingMessage, on channel: MessageChannel, in tenant: TenantID) -> SQL {
        let text = channel == .email ? message.words.long : message.words.short
        return """
            INSERT INTO inbox_message (tenant_id, id, channel, address, template, title, body, kept_at)
            VALUES (\(tenant), \(message.id), \(channel), \(message.address), \(message.words.template), \
            \(message.words.title), \(text), \(message.now))
            ON CONFLICT (tenant_id, id) DO NOTHING
            """
    }
}
