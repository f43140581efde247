public import Access

/// Looking for patients.
public enum SeePatients: Act {
    /// Reading demographics.
    public static let permission = Permission(.read, .demographics)
    /// Members of a patient that a right does not show are left out.
    public static let honours: Limits = .part
}

/// Reading one patient: staff those of their clinic, patients themselves.
public enum SeePatient: Act {
    /// Reading demographics.
    public static let permission = Permission(.read, .demographics)
    /// Besides the clinic's, one's own.
    public static let reaches: Reach = [.clinic, .own]
    /// Members of a patient that a right does not show are left out.
    public static let honours: Limits = .part
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
}
