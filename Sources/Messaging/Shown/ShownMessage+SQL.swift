public import Database
import JSON
import Outbox
public import Vocabulary

extension ShownMessage.Person.Kind: SQLValue {}

extension ShownMessage: FromRow {
    private static let columns: SQL = "id, template, facts, subject_kind, subject_id, shown_at, read_at"
    /// Nobody reads more than that one by one; a count says that there are more.
    public static let countMax = 1000

    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        (id, template) = (try row.next(), try row.next())
        let stored = try JSON(parsing: try row.next(JSONText.self).bytes).objectValue ?? JSONObject()
        facts = Dictionary(
            stored.members.compactMap { member in member.value.stringValue.map { (member.name, $0) } },
            uniquingKeysWith: { first, _ in first })
        (subjectKind, subject) = (try row.next(), try row.next())
        (shownAt, readAt) = (try row.next(), try row.next())
    }

    /// A person's messages before one of them, the latest first.
    public static func page(
        of person: Person, before id: ID<ShownMessage>?, onlyUnread: Bool, limit: Int, in tenant: TenantID
    ) -> SQL {
        """
        SELECT \(columns) FROM shown_message WHERE tenant_id = \(tenant) AND person_id = \(person.id)
            AND person_kind = \(person.kind) AND (\(id)::uuid IS NULL OR id < \(id))
            AND (NOT \(onlyUnread) OR read_at IS NULL) ORDER BY id DESC LIMIT \(limit)
        """
    }

    /// One that is the person's own.
    public static func withID(_ id: ID<ShownMessage>, of person: Person, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM shown_message WHERE tenant_id = \(tenant) AND id = \(id)
            AND person_id = \(person.id) AND person_kind = \(person.kind)
        """
    }

    /// How many nobody has read yet, up to `countMax`.
    public static func unread(of person: Person, in tenant: TenantID) -> SQL {
        """
        SELECT count(*) FROM (SELECT FROM shown_message WHERE tenant_id = \(tenant)
            AND person_id = \(person.id) AND person_kind = \(person.kind) AND read_at IS NULL
            LIMIT \(countMax)) AS unread
        """
    }

    /// Read once is read: the first time stays. No row for another person's.
    public static func read(
        _ id: ID<ShownMessage>, by person: Person, at now: Instant, in tenant: TenantID
    ) -> SQL {
        """
        UPDATE shown_message SET read_at = coalesce(read_at, \(now)) WHERE tenant_id = \(tenant)
            AND id = \(id) AND person_id = \(person.id) AND person_kind = \(person.kind) RETURNING \(columns)
        """
    }

    /// All that were there when the person looked: with `last`, that one and those before it.
    public static func readAll(
        by person: Person, upTo last: ID<ShownMessage>?, at now: Instant, in tenant: TenantID
    ) -> SQL {
        """
        UPDATE shown_message SET read_at = \(now) WHERE tenant_id = \(tenant)
            AND person_id = \(person.id) AND person_kind = \(person.kind) AND read_at IS NULL
            AND (\(last)::uuid IS NULL OR id <= \(last))
        """
    }

    /// Takes one away that is the person's own.
    public static func remove(_ id: ID<ShownMessage>, of person: Person, in tenant: TenantID) -> SQL {
        """
        DELETE FROM shown_message WHERE tenant_id = \(tenant) AND id = \(id)
            AND person_id = \(person.id) AND person_kind = \(person.kind)
        """
    }

    /// Those of before that id, which begins with a moment.
    public static func forget(before id: UniqueID, in tenant: TenantID) -> SQL {
        "DELETE FROM shown_message WHERE tenant_id = \(tenant) AND id < \(id)"
    }

    /// Shows a message to each of these people, and takes away what nobody has read yet about the same thing:
    /// it speaks of a time that is over. Whoever looks at that moment is told live.
    public static func show(
        _ draft: ShownDraft, to people: [Person], in transaction: borrowing Transaction
    ) {
        let tenant = transaction.tenant
        transaction.queue(
            """
            DELETE FROM shown_message WHERE tenant_id = \(tenant)
                AND subject_id = ANY (\([draft.subject] + draft.replaces)) AND read_at IS NULL
            """)
        let facts = JSON.object(JSONObject(draft.facts.sorted { $0.key < $1.key }.map { ($0, .string($1)) }))
        for person in people {
            let id = ID<ShownMessage>.random(at: draft.at)
            transaction.queue(
                """
                INSERT INTO shown_message (tenant_id, id, person_kind, person_id, template, facts, subject_kind,
                    subject_id, shown_at)
                VALUES (\(tenant), \(id), \(person.kind), \(person.id), \(draft.template), \
                \(JSONText(facts.bytes)), \(draft.subjectKind), \(draft.subject), \(draft.at))
                """)
            Outbox.record(MessageShown(message: id, person: person), in: transaction)
        }
    }
}
