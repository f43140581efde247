public import Shapes
import Tenancy
import Vocabulary

extension Practitioner: Output {
    /// What a caller sees of a practitioner.
    public static let shape = OutputShape<Practitioner> {
        Out("id", "The practitioner.") { $0.id }
        Out("name", "As patients know them.", example: "Dr. Meera Nair") { $0.name }
        Out("specialty", "What they are known for.") { $0.specialty }
        Out("hours", "When they work in an ordinary week, on each location's wall clock.") { $0.hours }
    }
}

extension LocalHours: Output {
    /// One shift of an ordinary week.
    public static let shape = OutputShape<LocalHours> {
        Out("location", "Where.") { $0.location }
        Out("weekday", "1 is Monday, 7 is Sunday.", example: 1) { $0.hours.weekday.rawValue }
        Out("from_minute", "Minutes from midnight at which it begins.", example: 540) { $0.hours.from }
        Out("to_minute", "Minutes from midnight at which it ends; 1440 is the day's end.", example: 1020) {
            $0.hours.to
        }
        Out("first_day", "The first day on which it holds.") { $0.hours.firstDay }
        Out("until_day", "The first day on which it no longer holds.") { $0.hours.untilDay }
    }
}
