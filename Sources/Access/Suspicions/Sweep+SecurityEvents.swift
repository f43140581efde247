import Database
public import JobQueue

extension Sweep {
    /// Forgets, once a day, patterns of more than a year ago. What each request did stays in the audit trail.
    public static let oldSecurityEvents = Sweep("forget-security-events", .daily(hour: 4)) { clinic in
        clinic.queue(SecurityEvent.forgetOld(in: clinic.tenant))
    }
}
