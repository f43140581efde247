public import Access

/// Opening a patient's record in an emergency.
public enum OpenInEmergency: Act {
    /// Whoever writes clinical notes treats people: no other role is a clinical one.
    public static let permission = Permission(.create, .clinicalNotes)
    /// Of whichever patients they write notes: an emergency is about any.
    public static let reaches: Reach = [.location, .assigned]
    /// What they may write is not asked.
    public static let honours: Limits = [.part, .today]
}

/// Seeing who opened records, and judging whether they had to.
public enum ReviewEmergencies: Act {
    /// Reading the trail.
    public static let permission = Permission(.read, .audit)
    /// The whole clinic's.
    public static let reaches: Reach = .tenant
}
