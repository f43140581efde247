public import Database
public import Identity
import HTTP
import JSON
public import Roles
import Tenancy
public import Vocabulary

extension AuditTrail {
    /// The statement that adds the line. It stands in the transaction of what it tells about; `role` is the
    /// one that allowed it.
    public static func statement(_ event: AuditEvent, by request: CallerRequest, as role: RoleName?) -> SQL {
        let (caller, address) = (request.caller, request.http.clientAddress.description)
        let detail = JSONText(Array(event.detail.jsonText.utf8))
        return """
            INSERT INTO audit_event (tenant_id, id, at, caller_kind, caller_id, caller_role, act, outcome,
                subject_kind, subject_id, address, request_id, detail)
            VALUES (\(request.tenant.id), \(UniqueID.random(at: request.now)), \(request.now),
                \(caller.kind.rawValue), \(caller.id), \(role?.text), \(event.act),
                \(event.outcome.rawValue), \(event.subjectKind), \(event.subjectID), \(address),
                \(request.request.requestID.uuidText), \(detail))
            """
    }

    /// Adds a line about what the system did by itself, to the transaction in which it did it.
    public static func record(
        _ event: AuditEvent, bySystemAt now: Instant, in transaction: borrowing Transaction
    ) {
        let detail = JSONText(Array(event.detail.jsonText.utf8))
        transaction.queue(
            """
            INSERT INTO audit_event (tenant_id, id, at, caller_kind, act, outcome, subject_kind, subject_id, detail)
            VALUES (\(transaction.tenant), \(UniqueID.random(at: now)), \(now), 'system', \(event.act),
                \(event.outcome.rawValue), \(event.subjectKind), \(event.subjectID), \(detail))
            """)
    }
}
