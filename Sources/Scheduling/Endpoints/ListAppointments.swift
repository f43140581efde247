public import Access
import Database
public import EndpointKit
import JSON
import Records
public import Shapes
import Tenancy
import Vocabulary

/// Lists a clinic's appointments.
public struct ListAppointments: Endpoint {
    /// `GET /v1/appointments`
    public static let route = Route.get("/v1/appointments")
    /// What it does.
    public static let summary = "List appointments in the order in which they begin."
    /// Whoever may read appointments.
    public static let access = Access<Permit<SeeAppointments>>.permitted()
    /// Generous: a desk leafs through days.
    public static let limit = Limit.perCaller(600, per: .seconds(60))
    /// Who looked at the list is kept.
    public static let audit = Audit.reads("appointment")

    @In(.query, "Appointments that begin then or later.") var from: Instant
    @In(.query, "Appointments that begin before; at most 366 days after `from`.") var to: Instant
    @In(.query, "Only this practitioner's.") var practitioner: ID<Practitioner>?
    @In(.query, "Only this patient's.") var patient: ID<Patient>?
    @In(.query, "How many to give at most.", .within(1...200)) var limit = 50
    @In(.query, "The `next` of the page before.") var cursor: Cursor?

    /// Inputs still empty.
    public init() {}

    /// One span of an index, one appointment further than asked for, to know whether there is more.
    public func respond(to permit: Permit<SeeAppointments>) async throws -> Page<Shown<Appointment>> {
        let sight = try sight(of: permit)
        var wish = AppointmentWish(
            after: try cursor.map(AppointmentPlace.init(cursor:)) ?? .before(from), until: try lastMoment(),
            practitioner: practitioner, patient: patient, reach: sight.reach, limit: limit + 1)
        guard sight.isWhole else {
            wish.sight = sight
            return try await inPart(wish, sight, permit)
        }
        let found = try await permit.list(
            Appointment.page(wish, in: permit.tenant.id), of: Appointment.self, atMost: limit,
            recording: seen)
        return Page(written: found.json, next: found.lastOfMore.map { AppointmentPlace($0).cursor })
    }

    /// Whoever is not shown who comes may not ask for somebody: the answer would tell.
    private func sight(of permit: Permit<SeeAppointments>) throws -> Sight {
        guard patient != nil else { return permit.sight(of: Appointment.shape) }
        let sight = permit.sight(of: Appointment.shape) { $0.limits.isDisjoint(with: .members) }
        guard let sight else { throw Problem.notAllowed }
        return sight
    }

    /// The same where of some appointments not everything is shown.
    private func inPart(
        _ wish: AppointmentWish, _ sight: Sight, _ permit: Permit<SeeAppointments>
    ) async throws -> Page<Shown<Appointment>> {
        let found: [SeenAppointment] = try await permit.rows(
            Appointment.page(wish, in: permit.tenant.id), recording: seen)
        let items = found.prefix(limit).map { $0.shown(by: sight) }
        guard found.count > limit else { return Page(items) }
        return Page(items, next: AppointmentPlace(found[limit - 1].appointment).cursor)
    }

    /// Whose appointments of which time were looked at.
    private var seen: AuditEvent {
        var detail: JSONObject = ["from": .string(from.text), "to": .string(to.text)]
        if let practitioner { detail["practitioner"] = .string(practitioner.text) }
        if let patient { detail["patient"] = .string(patient.text) }
        return AuditEvent(SeeAppointments.permission, of: "appointment", detail: detail)
    }

    private func lastMoment() throws -> Instant {
        guard to > from else { throw Self.complaint("wrong_order", "must be after `from`") }
        guard to - from <= .seconds(366 * 86_400) else {
            throw Self.complaint("too_long", "must be at most 366 days after `from`")
        }
        return to
    }

    private static func complaint(_ code: String, _ detail: String) -> Problem {
        .invalidInput([Complaint(pointer: "/query/to", code: code, detail: detail)])
    }
}

extension AppointmentPlace {
    init(_ appointment: Appointment) { self.init(start: appointment.slot.start, id: appointment.id) }

    /// Reads what `cursor` wrote; the seal was opened, so anything else is a cursor of an older version of
    /// us.
    init(cursor: Cursor) throws {
        let parts = cursor.position.split(separator: " ")
        guard parts.count == 2, let start = Instant(text: parts[0]), let id = ID<Appointment>(text: parts[1])
        else {
            throw Problem.invalidInput([
                Complaint(pointer: "/query/cursor", code: "wrong_form", detail: "must be \(Cursor.form)")
            ])
        }
        self.init(start: start, id: id)
    }

    var cursor: Cursor { Cursor("\(start.text) \(id.text)") }
}
