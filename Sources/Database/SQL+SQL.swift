import Vocabulary

extension SQL {
    static let begin: SQL = "BEGIN"
    static let commit: SQL = "COMMIT"
    static let rollback: SQL = "ROLLBACK"
    static let heartbeat: SQL = "SELECT 1"

    /// Confines what follows in this transaction to one tenant; nil to none, which makes every tenant table
    /// an error.
    static func confine(to tenant: TenantID?) -> SQL {
        "SELECT set_config('app.tenant_id', \(tenant.map { String($0.number) } ?? ""), true)"
    }

    /// Takes each lock once, lowest first: the order that keeps any two transactions from waiting for each
    /// other.
    static func lock(_ keys: [Int64]) -> SQL {
        "SELECT pg_advisory_xact_lock(key) FROM unnest(\(Set(keys).sorted())) AS wanted (key)"
    }

    /// No tenant has this number: in a transaction across tenants only tables with a platform policy show
    /// rows.
    static let nobody = TenantID(number: 0)

    /// The trace that work across tenants leaves, in its own transaction.
    static func recordPlatformAccess(_ reason: String) -> SQL {
        "INSERT INTO platform_access (reason) VALUES (\(reason))"
    }

    /// Outside of the transaction it tells of: a notice within would make every commit wait for the one
    /// before.
    static func notify(_ channel: StaticString, _ text: String) -> SQL {
        "SELECT pg_notify(\(channel.description), \(text))"
    }

    static func listen(to channel: StaticString) -> SQL { SQL("LISTEN ", channel) }
}

/// The one statement whose text is made at run time, of a number that the cache chose.
func deallocation(of name: Int) -> String { "DEALLOCATE s\(name)" }
