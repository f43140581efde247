public import Database
public import Identity
import JSON
import HTTP
import Tenancy
import Vocabulary

extension AuditTrail {
    /// The statement that adds the line. It stands in the transaction of what it tells about.
    public static func statement(_ event: AuditEvent, by request: CallerRequest) -> SQL {
        let caller = request.caller
        return """
            INSERT INTO audit_event (tenant_id, id, at, caller_kind, caller_id, caller_role, act, outcome, subject_kind,
                subject_id, address, request_id, detail)
            VALUES (\(request.tenant.id), \(UniqueID.random(at: request.now)), \(request.now), \(caller.kind.rawValue),
                \(caller.id), \(caller.roles.first?.role.rawValue), \(event.act), \(event.outcome.rawValue),
                \(event.subjectKind), \(event.subjectID), \(request.http.clientAddress.description),
                \(request.request.requestID.uuidText), \(JSONText(Array(event.detail.jsonText.utf8))))
            """
    }
}
