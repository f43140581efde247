import JSON
public import Shapes
import Tenancy
import Vocabulary

/// How many appointments there were, so told that nobody can be found among them: the de-identified form.
///
/// A figure is a cell of a table, and each has at least `least` appointments in it. Where a day has fewer,
/// the week is told; where that has fewer, the week without ages, then without kinds; and what is then left
/// of a place and a week, which is fewer than `least`, is not told at all. A cell never reaches beyond its
/// week, so that no two questions about overlapping spans give a difference that would tell more than each.
public struct AppointmentFigures: Output {
    /// Fewer than this are never told.
    static let least = 5

    let from: Day
    let weeks: Int
    let figures: [AppointmentFigure]

    /// The answer's members.
    public static let shape = OutputShape<AppointmentFigures> {
        Out("from", "The Monday that the first week begins with.") { $0.from }
        Out("weeks", "How many weeks.", example: 4) { $0.weeks }
        Out("least", "Fewer than this are never told: they are told more coarsely, or not.", example: 5) {
            _ in
            Self.least
        }
        Out("figures", "How many there were, in the order of places and days.") { $0.figures }
    }

    /// The finest cells that are large enough; each appointment is in one at most.
    static func figures(of counts: [AppointmentCount]) -> [AppointmentFigure] {
        var rest = counts, told: [AppointmentFigure] = []
        for grain in Grain.allCases {
            let cells = Dictionary(grouping: rest, by: grain.cell)
            rest = []
            for (cell, members) in cells {
                let count = members.reduce(0) { $0 + $1.count }
                if count >= least {
                    told.append(AppointmentFigure(cell: cell, count: count))
                } else {
                    rest += members
                }
            }
        }
        return told.sorted { $0.cell.order < $1.cell.order }
    }

    /// How finely is told, the finest first.
    private enum Grain: CaseIterable {
        case day, week, anyAge, anyKind

        func cell(of count: AppointmentCount) -> AppointmentCell {
            var cell = AppointmentCell(
                location: count.location, visitType: count.visitType, outcome: count.outcome,
                ages: count.ages,
                from: count.day, days: 1)
            guard self != .day else { return cell }
            (cell.from, cell.days) = (count.day.monday, 7)
            if self != .week { cell.ages = nil }
            if self == .anyKind { (cell.visitType, cell.outcome) = (nil, nil) }
            return cell
        }
    }
}

/// How many appointments there were of one kind on one day, as the rows say: for nobody's eyes.
struct AppointmentCount: Hashable {
    let location: ID<Location>
    let visitType: String
    let outcome: AppointmentOutcome
    let ages: AgeBand
    let day: Day
    let count: Int
}

/// What appointments are counted by; what is nil is told of all together.
struct AppointmentCell: Hashable, Sendable {
    let location: ID<Location>
    var visitType: String?
    var outcome: AppointmentOutcome?
    var ages: AgeBand?
    var from: Day
    var days: Int

    fileprivate var order: String {
        [location.text, from.text, "\(days)", visitType ?? "", outcome?.rawValue ?? "", ages?.text ?? ""]
            .joined(separator: " ")
    }
}

/// One cell, with how many appointments are in it.
public struct AppointmentFigure: Output {
    let cell: AppointmentCell
    let count: Int

    /// The answer's members.
    public static let shape = OutputShape<AppointmentFigure> {
        Out("location", "Where.") { $0.cell.location }
        Out("visit_type", "Which kind of visit; null for those of several.", example: "consultation") {
            $0.cell.visitType
        }
        Out("outcome", "What became of them; null for several things.", example: "came") {
            $0.cell.outcome?.rawValue
        }
        Out("ages", "How old the patients were; null for any age.", example: "30-39") { $0.cell.ages?.text }
        Out("from", "On which day by the clock there, or from which Monday.") { $0.cell.from }
        Out("days", "1 for a day, 7 for a week.", example: 7) { $0.cell.days }
        Out("count", "How many appointments.", example: 12) { $0.count }
    }
}

/// What became of an appointment whose time is over, in few words.
enum AppointmentOutcome: String, CaseIterable, Sendable {
    case came, missed, cancelled, moved, open

    /// Nil for what never was.
    init?(_ stage: Appointment.Stage) {
        switch stage {
        case .arrived, .begun, .finished, .aborted: self = .came
        case .missed, .left: self = .missed
        case .cancelled, .declined, .expired: self = .cancelled
        case .rescheduled: self = .moved
        case .requested, .booked: self = .open
        case .enteredInError: return nil
        }
    }
}

/// Ten years of life in place of a birthday; those of ninety and more are told together, for there are few.
struct AgeBand: Hashable, Sendable {
    /// The first year of the band.
    let first: Int

    /// The band that somebody of that age is in.
    init(ofAge years: Int) { first = min(max(years, 0) / 10, 9) * 10 }

    /// `30-39`, `90+`.
    var text: String { first == 90 ? "90+" : "\(first)-\(first + 9)" }
}

extension Day {
    /// The Monday of its week.
    var monday: Day { self + (1 - weekday.rawValue) }
}
