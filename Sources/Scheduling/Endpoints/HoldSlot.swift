public import Access
import Database
public import EndpointKit
import Identity
import Outbox
import Reception
import Records
import Shapes
import Tenancy
import Vocabulary

/// Keeps a slot for a few minutes.
public struct HoldSlot: Endpoint {
    /// `POST /v1/holds`
    public static let route = Route.post("/v1/holds")
    /// What it does.
    public static let summary = "Keep a slot for a few minutes."
    /// What a caller must know.
    public static let details = """
        A hold takes what the appointment would, under the same rules, and ends by itself at `until`: the clinic says after \
        how many minutes (`booking.hold_minutes`). Name it as `hold` in `POST /v1/appointments` before. It is its holder's \
        alone; to everybody else the slot is taken. A patient keeps three slots at a time, whoever works here ten.
        """
    /// Whoever may make appointments.
    public static let access = Access<Permit<HoldSlots>>.permitted()
    /// Every hold keeps others out.
    public static let limit = Limit.of(.hold)
    /// Who kept a slot for whom is kept.
    public static let audit = Audit.writes("hold")
    /// Somebody else may have been faster, or the caller keeps enough.
    public static let problems: [ProblemCode] = [.slotTaken, .conflict]

    @In(.body, "By whom the patient is to be seen.") var practitioner: ID<Practitioner>
    @In(.body, "Who is to be seen.") var patient: ID<Patient>
    @In(.body, "When the visit would begin.") var start: Instant
    @In(.body, "The kind of visit; the clinic's first when it is not said.", .length(1...100))
    var visitType: String?
    @In(.body, "Where; needed at a clinic with several locations.") var location: ID<Location>?

    /// Inputs still empty.
    public init() {}

    /// As a booking is made: everything at once, and only after a refusal it is asked why.
    public func respond(to permit: Permit<HoldSlots>) async throws -> Created<Hold> {
        let wanted = try await permit.wanted(
            SlotWish(
                practitioner: practitioner, patient: patient, start: start, visitType: visitType,
                location: location))
        let minutes = permit.tenant.location(wanted.location)?.booking.holdMinutes
        let wish = WantedHold(
            wanted, by: permit.caller.id, keepingAtMost: permit.caller.kind.holdsMost, lasting: minutes ?? 1)
        guard wanted.isTimely else {
            throw try await wanted.obstacles(in: permit.clinic).problem ?? WantedAppointment.unlucky
        }
        return try await WantedAppointment.trying { isClearing in
            try await permit.write { clinic in
                wish.insert(in: clinic, clearing: isClearing)
                AuditTrail.record(
                    AuditEvent(HoldSlots.permission, of: "hold", wish.hold.id.unique).about(patient.unique),
                    by: permit, in: clinic)
                Outbox.record(HoldPlaced(hold: wish.hold), in: clinic)
                return Created(wish.hold, at: Hold.path(of: wish.hold.id))
            }
        } else: {
            try await wish.problem(in: permit.clinic)
        }
    }
}

extension WantedHold {
    /// Why it was refused; nil when nothing stands in the way any more.
    fileprivate func problem(in clinic: TenantDatabase) async throws -> Problem? {
        if let problem = try await wanted.obstacles(in: clinic).problem { return problem }
        let count: Int64? = try await clinic.row(
            Hold.count(of: holder, at: hold.heldAt, in: clinic.tenant))
        guard let count, count >= most else { return nil }
        return .conflict("You keep \(count) slots already. Book one of them, or let one go.")
    }
}
