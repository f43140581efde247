import Database
import EndpointKit
import JSON
import Records
import Shapes
import Vocabulary

/// What stands in the way of a booking, found after the database has refused it: the database says no in one
/// word and cheaply, this says everything at once.
struct Obstacles {
    private let booking: WantedAppointment
    /// Nil: the clinic has no such practitioner.
    private let days: WorkingDays?
    /// What the patient is at already; nil: the clinic has no such patient.
    private let patientsTime: [Slot]?

    init(to booking: WantedAppointment, days: WorkingDays?, patientsTime: [Slot]?) {
        (self.booking, self.days, self.patientsTime) = (booking, days, patientsTime)
    }

    /// The problem to answer with; nil when nothing stands in the way (any more).
    func problem(at now: Instant) -> Problem? {
        let complaints = complaints(at: now)
        if !complaints.isEmpty { return .invalidInput(complaints) }
        let conflicts = conflicts
        return conflicts.isEmpty ? nil : .slotTaken(conflicts)
    }

    /// What is wrong with the wish, whoever else has booked.
    private func complaints(at now: Instant) -> [Complaint] {
        var complaints: [Complaint] = []
        if patientsTime == nil { complaints.append(.unknown("/patient", "patient")) }
        guard let days else { return [.unknown("/practitioner", "practitioner")] + complaints }
        if !days.isFit { complaints.append(.unfit("/practitioner")) }
        let hours = days.hours.filter { $0.location == booking.location }.map(\.hours)
        let availability = Availability(
            hours: hours, taken: [], zone: booking.zone, rules: booking.visit.rules)
        let flaws = availability.flaws(of: booking.slot.start, now: now)
        return complaints + flaws.map { Complaint(pointer: "/start", code: $0.rawValue, detail: $0.words) }
    }

    /// Everything that somebody else has taken for a part of the time.
    private var conflicts: [JSON] {
        var conflicts: [JSON] = []
        if let days, days.taken.contains(where: booking.practitionersTime.overlaps) {
            conflicts.append(["kind": "practitioner", "id": .string(booking.practitioner.text)])
        }
        if let patientsTime, patientsTime.contains(where: booking.slot.overlaps) {
            conflicts.append(["kind": "patient", "id": .string(booking.patient.text)])
        }
        let needs = booking.visit.things
        for (need, pool) in zip(needs, days?.pools(for: needs) ?? []) where !pool.hasFree(for: booking.slot) {
            conflicts.append(["kind": .string(need.kind), "tag": .string(need.tag)])
        }
        return conflicts
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
        return WorkingDays.of(practitioner, at: location, during: span, visit: visit, in: tenant)
    }

    private func patientsTime(in tenant: TenantID) -> SQL {
        PatientsTime.of(patient, during: slot, in: tenant)
    }
}
