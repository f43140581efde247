public import Access

/// Looking for patients.
public enum SeePatients: Act {
    /// Reading demographics.
    public static let permission = Permission(.read, .demographics)
    /// Besides the clinic's, those in one's care.
    public static let reaches: Reach = [.clinic, .assigned]
    /// Members of a patient that a right does not show are left out.
    public static let honours: Limits = [.part, .today]
}

/// Reading one patient: staff those of their clinic, patients themselves.
public enum SeePatient: Act {
    /// Reading demographics.
    public static let permission = Permission(.read, .demographics)
    /// Besides the clinic's: oneself, those in one's care, and one whose record was opened in an emergency.
    public static let reaches: Reach = [.clinic, .patients, .opened]
    /// Members of a patient that a right does not show are left out.
    public static let honours: Limits = [.part, .today]
}

/// Adding a patient.
public enum RegisterPatients: Act {
    /// Making demographics.
    public static let permission = Permission(.create, .demographics)
}

/// Reading who works when.
public enum SeePractitioners: Act {
    /// Reading the time table.
    public static let permission = Permission(.read, .schedule)
}

/// Changing who works when.
public enum SetHours: Act {
    /// Changing the time table.
    public static let permission = Permission(.update, .schedule)
    /// A time table that does not come out as it should is what support is asked about.
    public static let honours: Limits = .duringSupport
}

/// Seeing in whose care a patient is.
public enum SeeCareTeam: Act {
    /// Reading demographics.
    public static let permission = Permission(.read, .demographics)
    /// Besides the clinic's: oneself, and those in one's care.
    public static let reaches: Reach = [.clinic, .patients]
    /// Who is seen today is asked of those of today.
    public static let honours: Limits = .today
}

/// Saying in whose care a patient is.
public enum SetCareTeam: Act {
    /// Changing demographics.
    public static let permission = Permission(.update, .demographics)
    /// Besides the clinic's, those in one's care: whoever is away names who stands in.
    public static let reaches: Reach = [.clinic, .assigned]
}
