/// Why the database did not do what it was asked to.
public enum DatabaseError: Error, Sendable, Equatable {
    /// The server said no. The message is for logs: values in it are blotted out, DETAIL is never taken.
    case refused(SQLState, constraint: String?, table: String?, message: String)
    /// There is no connection to be had, or too many wait for one. Nothing was changed.
    case unavailable(retryAfter: Duration)
    /// The server did not answer in time. For a write that may have been committed it is `commitUnknown`.
    case timeout
    /// The connection was lost after the commit was sent: it may have happened. Only the caller's
    /// idempotency key can tell; it is never retried here.
    case commitUnknown
    /// A column does not fit the type it is read as: a fault of the program.
    case unreadable(column: Int, type: UInt32, isNull: Bool)

    /// The server's code, if it spoke.
    public var state: SQLState? {
        if case .refused(let state, _, _, _) = self { state } else { nil }
    }

    /// The constraint that said no, by which a `catch` tells one conflict from another.
    public var constraint: String? {
        if case .refused(_, let constraint, _, _) = self { constraint } else { nil }
    }

    /// Nothing can have been changed: the server undid everything, or never saw it.
    var isProvablyUndone: Bool { state?.isTransient == true || self == .away }

    /// The usual answer when nothing is wrong with the request.
    static let away = DatabaseError.unavailable(retryAfter: .seconds(1))

    /// Blots out what stands between quotation marks in messages that quote a caller's data.
    static func message(_ text: String, of state: SQLState) -> String {
        guard ["22", "P0"].contains(state.family) else { return text }
        var (message, isQuoted) = ("", false)
        for character in text {
            if character == "\"" {
                message += isQuoted ? "…\"" : "\""
                isQuoted.toggle()
            } else if !isQuoted {
                message.append(character)
            }
        }
        return message
    }
}
