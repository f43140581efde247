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

/// Letting somebody of the platform in, and showing them out.
public enum LetSupportIn: Act {
    /// What is between the clinic and the platform.
    public static let permission = Permission(.update, .tenants)
    /// Whoever runs the clinic; the platform's own people let nobody in, and themselves least.
    public static let reaches: Reach = .tenant
}

/// Seeing whom of the platform the clinic has let in.
public enum SeeSupport: Act {
    /// Reading the trail.
    public static let permission = Permission(.read, .audit)
    /// The whole clinic's.
    public static let reaches: Reach = .tenant
}

/// Seeing who answers for a patient.
public enum SeeGuardians: Act {
    /// Reading demographics.
    public static let permission = Permission(.read, .demographics)
    /// Besides the clinic's: oneself, those in one's care, and those one answers for.
    public static let reaches: Reach = [.clinic, .patients]
    /// Who is seen today is asked of those of today.
    public static let honours: Limits = .today
}

/// Saying who answers for a patient.
public enum SetGuardians: Act {
    /// Changing demographics.
    public static let permission = Permission(.update, .demographics)
    /// The clinic's, and oneself: nobody passes on that they answer for somebody.
    public static let reaches: Reach = [.clinic, .own]
}

/// Saying that guardians do not agree.
public enum ObjectToGuardians: Act {
    /// Changing demographics.
    public static let permission = Permission(.update, .demographics)
    /// The clinic's, and those one answers for.
    public static let reaches: Reach = [.clinic, .ward]
}

/// Saying that they agree again.
public enum SettleConflicts: Act {
    /// Changing demographics.
    public static let permission = Permission(.update, .demographics)
}
