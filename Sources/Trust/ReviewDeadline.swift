import Vocabulary

/// By when somebody else looks at an emergency: the end of the third working day after it, by the clinic's
/// wall clock.
enum ReviewDeadline {
    static let workingDays = 3

    static func after(_ moment: Instant, in zone: Zone) -> Instant {
        var day = zone.clinicTime(at: moment).day, left = workingDays
        while left > 0 {
            day = day + 1
            if day.weekday != .saturday && day.weekday != .sunday { left -= 1 }
        }
        return zone.instant(of: ClinicTime(day, minute: 1440))
    }
}
