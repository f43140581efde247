public import Access

/// Ending the sign-ins of somebody of the staff.
public enum DismissStaff: Act {
    /// Voiding people's access.
    public static let permission = Permission(.void, .staff)
}

/// Ending the sign-ins of a patient.
public enum DismissPatients: Act {
    /// Changing what the clinic keeps of a patient.
    public static let permission = Permission(.update, .demographics)
}
