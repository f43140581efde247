public import Access

/// Reading who a patient is.
public enum SeePatients: Act {
    /// Reading demographics.
    public static let permission = Permission(.read, .demographics)
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
