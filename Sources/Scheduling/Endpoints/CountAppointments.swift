public import Access
import Database
public import EndpointKit
import JSON
import Reception
import Records
import Shapes
import Tenancy
import Vocabulary

/// Tells how many appointments there were, and of nobody's in particular.
public struct CountAppointments: Endpoint {
    /// `GET /v1/appointment-figures`
    public static let route = Route.get("/v1/appointment-figures")
    /// What it does.
    public static let summary =
        "Count the appointments of weeks that are over, so that nobody can be found among them."
    /// What a caller must know.
    public static let details = """
        The de-identified form of appointments: by place, kind of visit, what became of them, age in tens of years, and day. No \
        figure is smaller than `least`: where one would be, the week is told in place of the day, then without ages, then without \
        kinds; what is still fewer is left out. Names, ids, hours and words are never told.
        """
    /// Whoever may read appointments, if only de-identified.
    public static let access = Access<Permit<SeeAppointmentFigures>>.permitted()
    /// A report, not a loop.
    public static let limit = Limit.of(.search)
    /// That somebody counted is kept.
    public static let audit = Audit.reads("appointment")
    /// There may be too many.
    public static let problems: [ProblemCode] = [.refused]

    @In(.query, "The Monday that the first week begins with.") var from: Day
    @In(.query, "How many weeks; the last one must be over.", .within(1...5)) var weeks = 1

    /// Inputs still empty.
    public init() {}

    /// Whole weeks that are over: what is told of one does not change by asking for more or less around it.
    public func respond(to permit: Permit<SeeAppointmentFigures>) async throws -> AppointmentFigures {
        let end = from + 7 * weeks
        try check(end, permit)
        let event = AuditEvent(
            SeeAppointmentFigures.permission, of: "appointment",
            detail: ["from": .string(from.text), "before": .string(end.text)])
        let counts: [AppointmentCount] = try await permit.rows(
            AppointmentCount.all(from: from, before: end, within: permit.reach, in: permit.tenant.id),
            recording: event)
        guard counts.count <= AppointmentCount.most else { throw Problem.refused("Ask for fewer weeks.") }
        return AppointmentFigures(from: from, weeks: weeks, figures: AppointmentFigures.figures(of: counts))
    }

    private func check(_ end: Day, _ permit: Permit<SeeAppointmentFigures>) throws {
        guard from.weekday == .monday else {
            throw Self.complaint("from", "wrong_day", "must be a Monday")
        }
        // The clinic's latest clock: everywhere the last week must be over.
        let today = permit.tenant.locations.map { $0.zone.clinicTime(at: permit.now).day }.min()
        guard end <= (today ?? Day(containingUTC: permit.now)).monday else {
            throw Self.complaint("weeks", "not_over", "must end before this week")
        }
    }

    private static func complaint(_ field: String, _ code: String, _ detail: String) -> Problem {
        .invalidInput([Complaint(pointer: "/query/\(field)", code: code, detail: detail)])
    }
}
