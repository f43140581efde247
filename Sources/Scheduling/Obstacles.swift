import Database
import EndpointKit
import JSON
import Records
import Shapes
import Vocabulary

/// What stands in the way of a booking, found after the database has refused it, or before anybody tries: the
/// database says no in one word and cheaply, this says everything at once.
struct Obstacles {
    /// What is wrong with the wish, whoever else has booked.
    let complaints: [Complaint]
    /// Everything that somebody else has taken for a part of the time.
    let conflicts: [Conflict]
    /// Whether the wish's own hold has ended.
    private let isHoldOver: Bool

    /// Days of nil: the clinic has no such practitioner. Patient's time of nil: it has no such patient.
    init(to booking: WantedAppointment, days: WorkingDays?, patientsTime: [Slot]?) {
        complaints = Self.complaints(about: booking, days, isPatientKnown: patientsTime != nil)
        conflicts = Self.conflicts(with: booking, days, patientsTime)
        isHoldOver = booking.hold != nil && booking.holdInForce == nil
    }

    /// The problem to answer with; nil when nothing stands in the way (any more).
    var problem: Problem? {
        if !complaints.isEmpty { return .invalidInput(complaints) }
        if conflicts.isEmpty { return nil }
        let conflicts = conflicts.map(\.json)
        return isHoldOver ? .holdExpired(conflicts) : .slotTaken(conflicts)
    }

    private static func complaints(
        about booking: WantedAppointment, _ days: WorkingDays?, isPatientKnown: Bool
    ) -> [Complaint] {
        var complaints: [Complaint] = isPatientKnown ? [] : [.unknown("/patient", "patient")]
        guard let days else { return [.unknown("/practitioner", "practitioner")] + complaints }
        if !days.isFit { complaints.append(.unfit("/practitioner")) }
        let hours = days.hours.filter { $0.location == booking.location }.map(\.hours)
        let availability = Availability(
            hours: hours, taken: [], zone: booking.zone, rules: booking.visit.rules)
        let flaws = availability.flaws(of: booking.slot.start, now: booking.askedAt)
        return complaints + flaws.map { Complaint(pointer: "/start", code: $0.rawValue, detail: $0.words) }
    }

    private static func conflicts(
        with booking: WantedAppointment, _ days: WorkingDays?, _ patientsTime: [Slot]?
    ) -> [Conflict] {
        var conflicts: [Conflict] = []
        if let days, days.taken.contains(where: booking.practitionersTime.overlaps) {
            conflicts.append(.practitioner(booking.practitioner))
        }
        if let patientsTime, patientsTime.contains(where: booking.slot.overlaps) {
            conflicts.append(.patient(booking.patient))
        }
        let needs = booking.visit.things
        for (need, pool) in zip(needs, days?.pools(for: needs) ?? []) where !pool.hasFree(for: booking.slot) {
            conflicts.append(.things(kind: need.kind, tag: need.tag))
        }
        return conflicts
    }
}

/// Something that is taken for a part of the time. By whom is never told.
enum Conflict: Hashable {
    case practitioner(ID<Practitioner>)
    case patient(ID<Patient>)
    /// Of rooms or devices of the tag not enough are free.
    case things(kind: String, tag: String)

    /// As `conflicts` of a problem has it.
    var json: JSON {
        switch self {
        case .practitioner(let id): ["kind": "practitioner", "id": .string(id.text)]
        case .patient(let id): ["kind": "patient", "id": .string(id.text)]
        case .things(let kind, let tag): ["kind": .string(kind), "tag": .string(tag)]
        }
    }
}

extension ThingPool {
    /// Whether enough things are free for a visit in the slot.
    func hasFree(for slot: Slot) -> Bool {
        var walk = PoolWalk(self)
        return walk.hasFree(for: slot)
    }
}

extension Complaint {
    /// Somebody of this clinic, but not for this.
    static func unfit(_ pointer: String) -> Complaint {
        Complaint(pointer: pointer, code: "unfit", detail: "does not give this kind of visit here")
    }

    /// An id that names nothing in this clinic: another clinic's and nobody's are alike.
    static func unknown(_ pointer: String, _ noun: String) -> Complaint {
        Complaint(pointer: pointer, code: "unknown", detail: "is no \(noun) of this clinic")
    }
}

extension WantedAppointment {
    /// Looks for everything that could be in the way.
    func obstacles(in clinic: TenantDatabase) async throws -> Obstacles {
        let days: WorkingDays? = try await clinic.row(practitionersDays(in: clinic.tenant))
        let patients: PatientsTime? = try await clinic.row(patientsTime(in: clinic.tenant))
        return Obstacles(to: self, days: days, patientsTime: patients?.taken)
    }

    /// Looks for everything that could be in the way of it after what the transaction has done already.
    func obstacles(in clinic: borrowing Transaction) async throws -> Obstacles {
        let days: WorkingDays? = try await clinic.row(practitionersDays(in: clinic.tenant))
        let patients: PatientsTime? = try await clinic.row(patientsTime(in: clinic.tenant))
        return Obstacles(to: self, days: days, patientsTime: patients?.taken)
    }

    private func practitionersDays(in tenant: TenantID) -> SQL {
        let span = Slot(from: slot.start - Slot.bufferMax, to: slot.end + Slot.bufferMax)
        return WorkingDays.of(
            practitioner, at: location, during: span, visit: visit, inForce, in: tenant)
    }

    private func patientsTime(in tenant: TenantID) -> SQL {
        PatientsTime.of(patient, during: slot, inForce, in: tenant)
    }
}
