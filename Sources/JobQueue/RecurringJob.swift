/// A job that comes back by itself, for every open clinic: once a time, however many instances run.
///
/// Times that passed while nobody worked are made up for once, not each.
public protocol RecurringJob: Job {
    /// When, on the wall clocks of `per`.
    static var recurrence: Recurrence { get }
    /// Once for the clinic, or once for each of its locations.
    static var per: RecurrencePlace { get }
}

/// Whose wall clock a recurring job goes by.
public enum RecurrencePlace: Sendable {
    /// Once a clinic, by UTC, each clinic a little later than another, so that they do not all come at once.
    case clinic
    /// Once a location, by the clock on its wall. Its id is the payload's `location`.
    case location
}

/// A recurring kind, as workers know it.
struct Recurring: Sendable {
    let kind: String
    let lane: Lane
    let tries: Int
    let recurrence: Recurrence
    let place: RecurrencePlace

    init<J: RecurringJob>(_: J.Type) {
        (kind, lane, tries) = (J.kind, J.lane, J.retries.tries)
        (recurrence, place) = (J.recurrence, J.per)
    }

    init(_ sweep: Sweep) {
        (kind, lane, tries) = (sweep.kind, Sweep.lane, Retries().tries)
        (recurrence, place) = (sweep.recurrence, .clinic)
    }
}
