public import Access

/// Reading the clinic's audit trail: all of it for whoever runs or audits the clinic, their own deeds for
/// those whose role says so.
public enum SeeAuditTrail: Act {
    /// Reading the trail.
    public static let permission = Permission(.read, .audit)
    /// Events belong to no location, so a right at some locations alone does not suffice.
    public static let reaches: Reach = [.tenant, .own]
}

/// Taking the whole trail, with its proof, out of the house.
public enum ExportAuditTrail: Act {
    /// Reading the trail.
    public static let permission = Permission(.read, .audit)
    /// The whole clinic's alone.
    public static let reaches: Reach = .tenant
}

/// Seeing who looked at a patient's record.
public enum SeeAccessLog: Act {
    /// Reading the trail.
    public static let permission = Permission(.read, .audit)
    /// The clinic's auditors, patients about themselves, and whoever answers for them.
    public static let reaches: Reach = [.tenant, .own, .ward]
}

/// Seeing what was changed of staff and their roles.
enum SeeStaffValues: Act {
    /// Reading about staff.
    static let permission = Permission(.read, .staff)
    /// The trail is the whole clinic's.
    static let reaches: Reach = .tenant
}

/// Seeing what was changed of how the clinic is set up.
enum SeeSetupValues: Act {
    /// Reading the configuration.
    static let permission = Permission(.read, .configuration)
    /// The trail is the whole clinic's.
    static let reaches: Reach = .tenant
}

/// Seeing what looks like an attack.
public enum SeeSecurityEvents: Act {
    /// Reading the trail.
    public static let permission = Permission(.read, .audit)
    /// The whole clinic's.
    public static let reaches: Reach = .tenant
}

/// Seeing legal holds and receipts.
public enum SeeHolds: Act {
    /// Reading the trail.
    public static let permission = Permission(.read, .audit)
    /// The whole clinic's.
    public static let reaches: Reach = .tenant
}

/// Placing and lifting legal holds.
public enum SetHolds: Act {
    /// Part of running the clinic.
    public static let permission = Permission(.update, .configuration)
    /// The whole clinic's.
    public static let reaches: Reach = .tenant
}

extension Permit {
    /// Whether it holds for everything of the clinic, and not just for the caller's own.
    var isForWholeClinic: Bool { rights.contains { $0.reach.contains(.tenant) } }
}
