public import Database
import Vocabulary

extension Message.State: SQLValue {}

extension Message: FromRow {
    private static let columns: SQL = """
        id, category, channel, fallbacks, template, subject_kind, subject_id, subject_version, state, tries, expires_at, \
        sealed_content, sending_at
        """

    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        (id, category, channel) = (try row.next(), try row.next(), try row.next())
        (fallbacks, template) = (try row.next(), try row.next())
        let kind: String? = try row.next(), about: UniqueID? = try row.next(),
            version: Int32? = try row.next()
        if let kind, let about, let version {
            subject = MessageSubject(kind: kind, id: about, version: version)
        } else {
            subject = nil
        }
        (state, tries, expiresAt) = (try row.next(), try row.next(), try row.next())
        (sealedContent, sendingAt) = (try row.next(), try row.next())
    }

    static func withID(_ id: ID<Message>, in tenant: TenantID) -> SQL {
        "SELECT \(columns) FROM message WHERE tenant_id = \(tenant) AND id = \(id)"
    }

    /// Held until the transaction ends: of two workers one waits and then finds it settled.
    static func held(_ id: ID<Message>, in tenant: TenantID) -> SQL { "\(withID(id, in: tenant)) FOR UPDATE" }

    static func insert(
        _ draft: MessageDraft, _ id: ID<Message>, channel: MessageChannel, sealed: [UInt8]?, at now: Instant,
        in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO message (tenant_id, id, key, category, channel, fallbacks, template, subject_kind, subject_id,
            subject_version, sealed_content, created_at, expires_at)
        VALUES (\(tenant), \(id), \(draft.key), \(draft.category), \(channel), \(Array(draft.channels.dropFirst())),
            \(draft.template), \(draft.subject?.kind), \(draft.subject?.id), \(draft.subject?.version), \(sealed),
            \(now), \(draft.expiresAt))
        ON CONFLICT (tenant_id, key) DO NOTHING
        """
    }

    /// The same message by the next channel, once for each channel. A code's sealed content belongs to its
    /// row and cannot move.
    static func insertFallback(
        of message: Message, _ id: ID<Message>, channel: MessageChannel, then others: [MessageChannel],
        at now: Instant, in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO message (tenant_id, id, key, category, channel, fallbacks, template, subject_kind, subject_id,
            subject_version, created_at, expires_at)
        SELECT tenant_id, \(id), left(key, 180) || ' by ' || \(channel.rawValue), category, \(channel),
            \(others), template, subject_kind, subject_id, subject_version, \(now), expires_at
        FROM message WHERE tenant_id = \(tenant) AND id = \(message.id)
        ON CONFLICT (tenant_id, key) DO NOTHING
        """
    }

    /// The one of which a gateway speaks, held.
    static func named(_ gatewayID: String, by gateway: String, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM message WHERE tenant_id = \(tenant) AND gateway_id = \(gatewayID)
            AND gateway = \(gateway) ORDER BY id LIMIT 1 FOR UPDATE
        """
    }

    /// Of these names that a gateway gave, those by which it calls other messages.
    static func namesOfOthers(
        than id: ID<Message>, among names: [String], by gateway: String, in tenant: TenantID
    ) -> SQL {
        """
        SELECT gateway_id FROM message WHERE tenant_id = \(tenant) AND gateway_id = ANY (\(names))
            AND gateway = \(gateway) AND id <> \(id)
        """
    }

    /// What the recipient said about such messages.
    static func consent(_ message: Message, of recipient: UniqueID, in tenant: TenantID) -> SQL {
        """
        SELECT wanted FROM message_consent WHERE tenant_id = \(tenant) AND recipient_id = \(recipient)
            AND channel = \(message.channel) AND category = \(message.category)
        """
    }

    static func begin(
        _ id: ID<Message>, by gateway: String, saying words: SaidWords, at now: Instant, of tenant: TenantID
    ) -> SQL {
        """
        UPDATE message SET state = 'sending', tries = tries + 1, gateway = \(gateway),
            language = \(words.words.language), template_version = \(words.version), sending_at = \(now)
        WHERE tenant_id = \(tenant) AND id = \(id)
        """
    }

    static func settle(
        _ id: ID<Message>, as state: Message.State, _ reason: String?, gatewayID: String?, at now: Instant,
        from states: [Message.State], of tenant: TenantID
    ) -> SQL {
        """
        UPDATE message SET state = \(state), reason = \(reason), gateway_id = coalesce(\(gatewayID), gateway_id),
            settled_at = \(now)
        WHERE tenant_id = \(tenant) AND id = \(id) AND state = ANY (\(states.map(\.rawValue)))
        """
    }

    /// It was certainly not sent, and may be again.
    static func putBack(_ id: ID<Message>, of tenant: TenantID) -> SQL {
        """
        UPDATE message SET state = 'waiting' WHERE tenant_id = \(tenant) AND id = \(id) AND state = 'sending'
        """
    }
}
