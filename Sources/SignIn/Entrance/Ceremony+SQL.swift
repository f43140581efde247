public import Database
import Identity
public import Vocabulary

extension Ceremony.Purpose: SQLValue {}

extension Ceremony: FromRow {
    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        (id, purpose) = (try row.next(), try row.next())
        let kind = try row.next(Person.Kind?.self), personID = try row.next(UniqueID?.self)
        person = if let kind, let personID { Person(kind, personID) } else { nil }
        method = try row.next()
    }

    private static let columns: SQL = "id, purpose, person_kind, person_id, method"

    /// Puts the question.
    public func insert(at now: Instant, in tenant: TenantID) -> SQL {
        """
        INSERT INTO ceremony (tenant_id, id, purpose, person_kind, person_id, method, expires_at)
        VALUES (\(tenant), \(id), \(purpose), \(person?.kind), \(person?.id), \(method), \(now + Self.lifetime))
        """
    }

    /// Takes the question away: of two answers one is judged. No row where it was answered, or is over.
    public static func take(_ id: ID<Ceremony>, _ purpose: Purpose, at now: Instant, in tenant: TenantID)
        -> SQL
    {
        """
        DELETE FROM ceremony
        WHERE tenant_id = \(tenant) AND id = \(id) AND purpose = \(purpose) AND expires_at > \(now)
        RETURNING \(columns)
        """
    }

    /// Counts an answer that is about to be judged, and leaves the question for the next.
    public static func guess(_ id: ID<Ceremony>, _ purpose: Purpose, at now: Instant, in tenant: TenantID)
        -> SQL
    {
        """
        UPDATE ceremony SET guesses = guesses + 1
        WHERE tenant_id = \(tenant) AND id = \(id) AND purpose = \(purpose) AND expires_at > \(now)
            AND guesses < \(Int32(guessesMax))
        RETURNING \(columns)
        """
    }
}
