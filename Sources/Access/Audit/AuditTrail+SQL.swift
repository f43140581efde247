public import Database
import EndpointKit
public import HTTP
public import Identity
import JSON
public import Roles
public import Tenancy
public import Vocabulary

extension AuditTrail {
    /// The statement that adds the line. It stands in the transaction of what it tells about; `role` is the
    /// one that allowed it.
    public static func statement(_ event: AuditEvent, by request: CallerRequest, as role: RoleName?) -> SQL {
        statement(event, in: request.request, by: request.caller, as: role)
    }

    /// One statement that reads something and tells of it: the line says `denied` where there was nothing to
    /// be seen, and both have looked at the same rows.
    static func reading(
        _ sql: SQL, _ event: AuditEvent, by request: CallerRequest, as role: RoleName?
    ) -> SQL {
        let line = statement(
            event, in: request.request, by: request.caller, as: role,
            outcome: """
                CASE WHEN EXISTS (SELECT FROM seen) THEN \(event.outcome.rawValue)
                    ELSE \(AuditEvent.Outcome.denied.rawValue) END
                """)
        return "WITH seen AS MATERIALIZED (\(sql)), told AS (\(line)) SELECT * FROM seen"
    }

    /// The statement that adds a line about a request of which perhaps nobody knows who made it. With
    /// `changes` the line takes up what rows have told of their changes since the last one of the
    /// transaction.
    public static func statement(
        _ event: AuditEvent, in request: TenantRequest, by caller: Caller?, as role: RoleName? = nil,
        takingChanges changes: Bool = false
    ) -> SQL {
        statement(
            event, in: request, by: caller, as: role, outcome: "\(event.outcome.rawValue)",
            takingChanges: changes)
    }

    private static func statement(
        _ event: AuditEvent, in request: TenantRequest, by caller: Caller?, as role: RoleName?, outcome: SQL,
        takingChanges changes: Bool = false
    ) -> SQL {
        let taken: SQL = changes ? "::jsonb || taken_changes(\(request.tenant.id))" : ""
        let address = request.http.clientAddress.description
        let said = try? Purpose(field: request.http[.purposeOfUse])
        let isSupport = caller?.kind == .support
        let purpose = event.isEmergency ? .emergency : isSupport ? .support : said
        let detail = AuditEvent.detail(event.detail, by: caller?.person, at: request.tenant.publicID)
        return """
            INSERT INTO audit_event (tenant_id, id, at, caller_kind, caller_id, caller_role, act, outcome,
                subject_kind, subject_id, purpose, address, request_id, detail)
            VALUES (\(request.tenant.id), \(UniqueID.random(at: request.now)), \(request.now),
                \(caller?.kind.rawValue ?? "nobody"), \(caller?.id), \(role?.text), \(event.act),
                \(outcome), \(event.subjectKind), \(event.subjectID), \(purpose?.rawValue),
                \(address), \(request.requestID.uuidText), \(detail.columnText)\(taken))
            """
    }

    /// Adds a line about what the system did by itself, to the transaction in which it did it.
    public static func record(
        _ event: AuditEvent, bySystemAt now: Instant, in transaction: borrowing Transaction
    ) {
        transaction.queue(
            """
            INSERT INTO audit_event (tenant_id, id, at, caller_kind, act, outcome, subject_kind, subject_id, detail)
            VALUES (\(transaction.tenant), \(UniqueID.random(at: now)), \(now), 'system', \(event.act),
                \(event.outcome.rawValue), \(event.subjectKind), \(event.subjectID), \(event.detail.columnText))
            """)
    }

    /// The one line that stands for denials which were only counted; none in a clinic that is gone.
    static func statement(_ counted: CountedDenials, at now: Instant) -> SQL {
        let event = counted.event
        return """
            INSERT INTO audit_event (tenant_id, id, at, caller_kind, act, outcome, subject_kind, address, detail)
            SELECT id, \(UniqueID.random(at: now)), \(now), 'nobody', \(event.act), \(event.outcome.rawValue),
                \(event.subjectKind), \(counted.address?.description), \(event.detail.columnText)
            FROM tenant WHERE id = \(counted.tenant)
            """
    }
}

extension JSONObject {
    /// As the trail's column of details takes it.
    var columnText: JSONText { JSONText(Array(jsonText.utf8)) }
}

extension FieldName {
    /// What for a caller looks at something.
    public static let purposeOfUse = Self("Purpose-Of-Use")
}
