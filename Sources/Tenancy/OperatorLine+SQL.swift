public import Database
public import JSON
public import Vocabulary

/// A line of the audit trail about what an operator did at the command line, with whatever it changed. The
/// rooms that operators reach stand above Access, whose lines are callers'.
public struct OperatorLine: Sendable {
    private let act: String
    private let subject: (kind: String, id: UniqueID)?
    private let detail: JSONObject
    private let now: Instant

    /// What was done to what, by whom, and more about it.
    public init(
        _ act: String, to subject: (kind: String, id: UniqueID)? = nil, by operator: String,
        detail: [(String, JSON)] = [], at now: Instant
    ) {
        (self.act, self.subject, self.now) = (act, subject, now)
        self.detail = JSONObject([("operator", .string(`operator`))] + detail)
    }

    /// Adds the line behind the changes that it is about.
    public func queue(in clinic: borrowing Transaction) {
        clinic.queue(
            """
            INSERT INTO audit_event (tenant_id, id, at, caller_kind, act, subject_kind, subject_id, detail)
            VALUES (\(clinic.tenant), \(UniqueID.random(at: now)), \(now), 'system', \(act), \(subject?.kind),
                \(subject?.id), \(JSONText(detail))::jsonb || taken_changes(\(clinic.tenant)))
            """)
    }
}
