public import Access

/// Asking when a practitioner is free.
public enum SeeAvailability: Act {
    /// Reading the time table.
    public static let permission = Permission(.read, .schedule)
}

/// Reading appointments.
public enum SeeAppointments: Act {
    /// Reading appointments.
    public static let permission = Permission(.read, .appointments)
    /// Besides a clinic's and a location's: patients, their own.
    public static let reaches: Reach = [.clinic, .own]
}

/// Promising somebody a time.
public enum BookAppointments: Act {
    /// Making appointments.
    public static let permission = Permission(.create, .appointments)
    /// Besides a clinic's and a location's: patients, their own.
    public static let reaches: Reach = [.clinic, .own]
}

/// Promising another time instead.
public enum RescheduleAppointments: Act {
    /// Changing appointments.
    public static let permission = Permission(.update, .appointments)
    /// Besides a clinic's and a location's: patients, their own.
    public static let reaches: Reach = [.clinic, .own]
}

/// Calling a promise off.
public enum CancelAppointments: Act {
    /// Voiding appointments.
    public static let permission = Permission(.void, .appointments)
    /// Besides a clinic's and a location's: patients, their own.
    public static let reaches: Reach = [.clinic, .own]
}
