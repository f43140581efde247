/// PostgreSQL's five characters for what went wrong.
public struct SQLState: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The five characters.
    public let description: String

    /// A state written in the program.
    public init(stringLiteral code: String) { description = code }

    /// A state as the server sent it.
    public init(_ code: String) { description = code }

    /// The first two characters: the family of the fault.
    public var family: Substring { description.prefix(2) }

    /// A unique key is taken.
    public static let uniqueViolation: SQLState = "23505"
    /// A row that another one refers to is missing, or still referred to.
    public static let foreignKeyViolation: SQLState = "23503"
    /// A CHECK said no.
    public static let checkViolation: SQLState = "23514"
    /// A column that must have a value has none.
    public static let notNullViolation: SQLState = "23502"
    /// Two intervals overlap.
    public static let exclusionViolation: SQLState = "23P01"
    /// A row of another tenant was written, or a right is missing.
    public static let insufficientPrivilege: SQLState = "42501"
    /// A lock was not to be had in time.
    public static let lockNotAvailable: SQLState = "55P03"
    /// A statement ran too long or was cancelled.
    public static let queryCanceled: SQLState = "57014"
    /// Two transactions waited for each other; this one was rolled back.
    public static let deadlockDetected: SQLState = "40P01"
    /// Concurrent transactions cannot be put in an order; this one was rolled back.
    public static let serializationFailure: SQLState = "40001"
    /// A write on a connection that only reads.
    public static let readOnlyTransaction: SQLState = "25006"
    /// No such table: the schema is older than the program.
    public static let undefinedTable: SQLState = "42P01"

    /// A prepared statement is gone.
    static let unknownStatement: SQLState = "26000"
    /// A table changed under a prepared statement.
    static let staleStatement: SQLState = "0A000"

    /// The server has undone the transaction, and the same one may well succeed when it is run again.
    var isTransient: Bool { self == .deadlockDetected || self == .serializationFailure || isStale }

    /// The statement has to be prepared anew; nothing is wrong with it.
    var isStale: Bool { self == .unknownStatement || self == .staleStatement }
}
