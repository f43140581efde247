public import Access
import Database
public import EndpointKit
import Identity
import JSON
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Gives a stretch of the audit trail with its proof.
public struct ExportAudit: Endpoint {
    /// `POST /v1/audit/exports`
    public static let route = Route.post("/v1/audit/exports")
    /// What it does.
    public static let summary = "Give a stretch of the audit trail with all that proves it, as lines of JSON."
    /// What a caller must know.
    public static let details = """
        The lines can be checked without Nadi, by SHA-256 and Ed25519 alone: `Deploy/verify-audit` does it in a page of \
        Python. What came in the last seconds is not sealed yet and not in it.
        """
    /// The clinic's auditors.
    public static let access = Access<Fresh<Permit<ExportAuditTrail>>>.permitted()
    /// Everything at once.
    public static let limit = Limit.of(.sensitive)
    /// Who took it is kept.
    public static let audit = Audit.reads("audit_event")
    /// It is a reading, whose answer is too long to be kept.
    public static let idempotency = Idempotency.none

    @In(.body, "What came from then on.") var from: Instant
    @In(.body, "What came before; at most 366 days after `from`.") var to: Instant

    /// Inputs still empty.
    public init() {}

    /// The line stands before the first byte leaves.
    public func respond(to fresh: Fresh<Permit<ExportAuditTrail>>) async throws -> AuditExport {
        let permit = fresh.request
        guard to > from else { throw AuditWish.complaint("/to", "wrong_order", "must be after `from`") }
        guard to - from <= AuditWish.longest else {
            throw AuditWish.complaint("/to", "too_long", "must be at most 366 days after `from`")
        }
        let event = AuditEvent(
            act: "audit.export", of: "audit_event",
            detail: ["from": .string(from.text), "to": .string(to.text)])
        try await permit.clinic.once(permit.statement(event))
        return AuditExport(of: permit.clinic, named: permit.tenant.publicID, from: from, to: to)
    }
}
