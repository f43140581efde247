/// Where a connection goes, as whom, and under which rules it runs there.
struct ConnectionInfo: Sendable {
    /// A connection URL as psql takes it.
    let url: String
    let password: String?
    /// Server settings for this connection only.
    var settings: [(name: String, value: String)]
    /// How long opening it may take.
    let patience: Duration

    /// The keywords of `PQconnectStartParams`.
    var keywords: [(String, String)] {
        let options = settings.map { "-c \($0.name)=\($0.value)" }.joined(separator: " ")
        let words = [
            ("dbname", url), ("application_name", "nadi"), ("client_encoding", "UTF8"), ("options", options),
            ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
        ]
        return password.map { words + [("password", $0)] } ?? words
    }

    /// For a login whose every statement is made to walk an index: the tables it works on fill and empty
    /// within seconds, and statistics that are older than that would suggest to read them whole.
    static let indexesOnly = ["enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin"]
        .map {
            (name: $0, value: "off")
        }

    /// Rules for every connection of the runtime.
    ///
    /// `client_connection_check_interval` lets the server notice within half a second that nobody waits for a
    /// running statement any more: closing the connection is therefore enough to cancel it.
    static func settings(deadline: Duration, isReadOnly: Bool) -> [(name: String, value: String)] {
        let milliseconds = Int(deadline.milliseconds)
        return [
            ("statement_timeout", "\(max(milliseconds - 250, 50))"),
            ("lock_timeout", "\(min(2000, max(milliseconds / 2, 50)))"),
            ("idle_in_transaction_session_timeout", "10000"),
            ("client_connection_check_interval", "500"),
            ("default_transaction_read_only", isReadOnly ? "on" : "off"),
            ("jit", "off"),
            // Every statement is prepared once and run for all clinics alike: planning it again for each call
            // can cost more than running it.
            ("plan_cache_mode", "force_generic_plan"),
        ]
    }
}

extension Duration {
    /// Whole milliseconds, as the loop's clock counts them.
    var milliseconds: UInt64 {
        let (seconds, attoseconds) = components
        return UInt64(max(0, seconds * 1000 + attoseconds / 1_000_000_000_000_000))
    }
}
