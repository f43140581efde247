public import Database
public import Vocabulary

extension Session.Method: SQLValue {}
extension Session.Ending: SQLValue {}
extension Person.Kind: SQLValue {}

extension Session: FromRow {
    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        id = try row.next()
        person = Person(try row.next(), try row.next())
        (method, device, address) = (try row.next(), try row.next(), try row.next())
        (createdAt, seenAt, expiresAt) = (try row.next(), try row.next(), try row.next())
    }

    private static let columns: SQL =
        "id, person_kind, person_id, method, device, address, created_at, rotated_at, expires_at"

    /// Keeps a sign-in that begins.
    public func insert(in tenant: TenantID) -> SQL {
        """
        INSERT INTO sign_in (tenant_id, id, person_kind, person_id, method, device, address, created_at, rotated_at,
            expires_at)
        VALUES (\(tenant), \(id), \(person.kind), \(person.id), \(method), \(device), \(address), \(createdAt),
            \(seenAt), \(expiresAt))
        """
    }

    /// The same, where the person is an active staff member.
    func insertIfStaff(in tenant: TenantID) -> SQL {
        """
        INSERT INTO sign_in (tenant_id, id, person_kind, person_id, method, device, created_at, rotated_at, expires_at)
        SELECT tenant_id, \(id), 'staff', s.id, \(method), \(device), \(createdAt), \(seenAt), \(expiresAt)
        FROM staff_member s WHERE tenant_id = \(tenant) AND s.id = \(person.id) AND active
        """
    }

    /// A person's sign-ins that have not ended, the latest first.
    public static func open(of person: Person, at now: Instant, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns) FROM sign_in
        WHERE tenant_id = \(tenant) AND person_id = \(person.id) AND person_kind = \(person.kind)
            AND ended_at IS NULL AND expires_at > \(now)
        ORDER BY created_at DESC, id LIMIT 200
        """
    }

    /// Ends one sign-in of the person's.
    public static func end(
        _ id: ID<Session>, of person: Person, because ending: Ending, at now: Instant, in tenant: TenantID
    ) -> SQL {
        """
        UPDATE sign_in SET ended_at = \(now), end_reason = \(ending)
        WHERE tenant_id = \(tenant) AND id = \(id) AND person_id = \(person.id) AND person_kind = \(person.kind)
            AND ended_at IS NULL
        """
    }

    /// Ends every sign-in of the person's but one, if one is named.
    public static func endAll(
        of person: Person, but kept: ID<Session>?, because ending: Ending, at now: Instant,
        in tenant: TenantID
    ) -> SQL {
        """
        UPDATE sign_in SET ended_at = \(now), end_reason = \(ending)
        WHERE tenant_id = \(tenant) AND person_id = \(person.id) AND person_kind = \(person.kind)
            AND ended_at IS NULL AND id IS DISTINCT FROM \(kept)
        """
    }
}
