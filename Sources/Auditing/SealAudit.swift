public import JSON
public import JobQueue

/// Seals what a clinic's audit trail has gathered since its last segment.
public struct SealAudit: Job {
    /// `seal-audit`
    public static let kind = "seal-audit"
    /// Beside exports of the trail.
    public static let lane = Lane.auditExport
    /// It is never given up: a parked one would keep the next from being left.
    public static let retries = Retries(tries: 1_000, longest: .seconds(300))
    /// At most one waits for a clinic.
    static let key = "seal"

    /// There is nothing to say.
    public init(payload: JSON) {}
    /// There is nothing to say.
    public func writePayload(to writer: inout JSONWriter) {}
}
