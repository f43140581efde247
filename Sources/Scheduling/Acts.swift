public import Access

/// Asking when a practitioner is free.
public enum SeeAvailability: Act {
    /// Reading the time table.
    public static let permission = Permission(.read, .schedule)
}

/// Looking for appointments.
public enum SeeAppointments: Act {
    /// Reading appointments.
    public static let permission = Permission(.read, .appointments)
    /// Besides a clinic's and a location's: patients' own, and those of patients in one's care.
    public static let reaches: Reach = [.clinic, .patients]
    /// Who comes and why is left out for those who may know only that somebody comes.
    public static let honours: Limits = [.metadataOnly, .today]
}

/// Reading one appointment.
public enum SeeAppointment: Act {
    /// Reading appointments.
    public static let permission = Permission(.read, .appointments)
    /// As in lists, and of a patient whose record was opened in an emergency.
    public static let reaches: Reach = [.clinic, .patients, .opened]
    /// As in lists.
    public static let honours: Limits = [.metadataOnly, .today]
}

/// Counting appointments, of nobody in particular.
public enum SeeAppointmentFigures: Act {
    /// Reading appointments.
    public static let permission = Permission(.read, .appointments)
    /// Nothing is told of a patient, so nobody sees more of theirs.
    public static let reaches: Reach = .clinic
    /// Counts of days, in which nobody can be found.
    public static let honours: Limits = [.metadataOnly, .deidentified]
}

/// Promising somebody a time.
public enum BookAppointments: Act {
    /// Making appointments.
    public static let permission = Permission(.create, .appointments)
    /// Besides a clinic's and a location's: patients' own, and those of patients in one's care.
    public static let reaches: Reach = [.clinic, .patients]
    /// Who is seen today is asked of those of today.
    public static let honours: Limits = .today
}

/// Keeping a slot for a few minutes, and letting it go again.
public enum HoldSlots: Act {
    /// Whoever may make the appointment may keep its slot.
    public static let permission = BookAppointments.permission
    /// As for the appointment.
    public static let reaches = BookAppointments.reaches
    /// As for the appointment.
    public static let honours = BookAppointments.honours
}

/// Reading a hold of one's own.
public enum SeeHolds: Act {
    /// Reading appointments.
    public static let permission = Permission(.read, .appointments)
    /// Nobody but its holder sees a hold, whatever else they reach.
    public static let reaches: Reach = [.clinic, .patients]
}

/// Asking whether an appointment could be made.
public enum ExplainAppointments: Act {
    /// Whoever may make it may ask; who may not is told as the booking would tell them.
    public static let permission = BookAppointments.permission
    /// As for the appointment.
    public static let reaches = BookAppointments.reaches
    /// As for the appointment.
    public static let honours = BookAppointments.honours
}

/// Promising another time instead.
public enum RescheduleAppointments: Act {
    /// Changing appointments.
    public static let permission = Permission(.update, .appointments)
    /// Besides a clinic's and a location's: patients' own, and those of patients in one's care.
    public static let reaches: Reach = [.clinic, .patients]
    /// Who is seen today is asked of those of today.
    public static let honours: Limits = .today
}

/// Calling a promise off.
public enum CancelAppointments: Act {
    /// Voiding appointments.
    public static let permission = Permission(.void, .appointments)
    /// Besides a clinic's and a location's: patients' own, and those of patients in one's care.
    public static let reaches: Reach = [.clinic, .patients]
    /// Who is seen today is asked of those of today.
    public static let honours: Limits = .today
}
