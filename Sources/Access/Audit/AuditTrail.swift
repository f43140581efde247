public import Database
import EndpointKit
public import Identity
import Roles

/// What was seen, changed and denied: append-only, and in the same transaction as the deed, so that neither
/// exists without the other.
public enum AuditTrail {
    /// Adds a line to the transaction of what it tells about. It costs no trip: it leaves with the next
    /// statement.
    public static func record<A: Act>(
        _ event: AuditEvent, by permit: Permit<A>, in transaction: borrowing Transaction
    ) {
        let changes = A.permission.isAdministrative
        transaction.queue(
            AuditTrail.statement(
                event.marked(by: permit.rights), in: permit.request.request, by: permit.caller,
                as: event.right(among: permit.rights)?.role, takingChanges: changes))
    }

    /// Adds a line about somebody's wish for which no permission is needed.
    public static func record(
        _ event: AuditEvent, wishedBy request: CallerRequest, in transaction: borrowing Transaction
    ) {
        transaction.queue(
            AuditTrail.statement(
                event, in: request.request, by: request.caller, as: request.caller.roles.first?.role,
                takingChanges: true))
    }
}

extension Permit {
    /// Reads rows that the audit trail tells about: the read and its line are one transaction and one network
    /// write, so nothing is shown that was not recorded and nothing recorded that was not asked for.
    public func rows<Value: FromRow>(
        _ sql: SQL, as _: Value.Type = Value.self, recording event: AuditEvent
    ) async throws -> [Value] {
        try await clinic.rows(sql, recording: statement(event))
    }

    /// The one row that somebody asked for, recorded like `rows(_:as:recording:)`. What is not there, or not
    /// within their reach, is not found, and its line says that they were denied: nobody has seen anything.
    public func found<Value: FromRow>(
        _ sql: SQL, as _: Value.Type = Value.self, recording event: AuditEvent
    ) async throws -> Value {
        let role = event.right(among: rights)?.role
        let reading = AuditTrail.reading(sql, event.marked(by: rights), by: request, as: role)
        guard let row = try await clinic.once(reading, as: Value.self).first else { throw Problem.notFound }
        return row
    }

    /// A list as it leaves, recorded like `rows(_:as:recording:)`; see `TenantDatabase.list`.
    public func list<Item: RowOutput>(
        _ sql: SQL, of _: Item.Type, atMost limit: Int, recording event: AuditEvent
    ) async throws -> RowList<Item> {
        try await clinic.list(sql, of: Item.self, atMost: limit, recording: statement(event))
    }

    /// The audit line as a statement, for whoever puts a transaction together by hand.
    public func statement(_ event: AuditEvent) -> SQL {
        AuditTrail.statement(event.marked(by: rights), by: request, as: event.right(among: rights)?.role)
    }
}
