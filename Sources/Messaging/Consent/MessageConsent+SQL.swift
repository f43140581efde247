public import Database
public import Vocabulary

extension MessageConsent.Speaker: SQLValue {}

extension MessageConsent: FromRow {
    /// Reads the columns as `all` selects them.
    public init(_ row: inout Row) throws {
        choice = Choice(try row.next(), try row.next())
        (wanted, saidAt) = (try row.next(), try row.next())
        (speaker, saidBy) = (try row.next(), try row.next())
    }

    /// All that somebody said.
    public static func all(of recipient: UniqueID, in tenant: TenantID) -> SQL {
        """
        SELECT channel, category, wanted, said_at, said_by_kind, said_by FROM message_consent
        WHERE tenant_id = \(tenant) AND recipient_id = \(recipient) ORDER BY channel, category
        """
    }

    /// A word that takes the place of an earlier one.
    public static func say(
        _ choice: Choice, _ wanted: Bool, of recipient: UniqueID, by speaker: Speaker, _ saidBy: UniqueID?,
        at now: Instant, in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO message_consent (tenant_id, recipient_id, channel, category, wanted, said_at, said_by_kind,
            said_by)
        VALUES (\(tenant), \(recipient), \(choice.channel), \(choice.category), \(wanted), \(now), \(speaker),
            \(saidBy))
        ON CONFLICT (tenant_id, recipient_id, channel, category) DO UPDATE SET wanted = excluded.wanted,
            said_at = excluded.said_at, said_by_kind = excluded.said_by_kind, said_by = excluded.said_by
        """
    }

    /// A word taken back.
    public static func takeBack(_ choice: Choice, of recipient: UniqueID, in tenant: TenantID) -> SQL {
        """
        DELETE FROM message_consent WHERE tenant_id = \(tenant) AND recipient_id = \(recipient)
            AND channel = \(choice.channel) AND category = \(choice.category)
        """
    }
}
