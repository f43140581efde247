import Access
import Database
import EndpointKit
import Identity
import Reception
import Records
import Tenancy
import Vocabulary

/// The days around a wanted appointment, as they are read for whoever asks whether it could be made.
struct Surroundings {
    private let wanted: WantedAppointment
    private let firstDay: Day
    private let days: WorkingDays?
    private let patientsTime: [Slot]?

    /// So many days from the first one on are looked at for other times.
    private static let dayCount = 18
    private static let daysBefore = 4
    /// How many other times are told.
    private static let told = 3

    /// Everything that the pure rules want to know. That somebody was told what a patient's time is taken for
    /// is kept.
    static func of(
        _ wanted: WantedAppointment, by permit: Permit<ExplainAppointments>
    ) async throws -> Surroundings {
        let firstDay = firstDay(around: wanted), tenant = permit.tenant.id
        let span = Slot.covering(firstDay, days: dayCount, for: wanted.visit, in: wanted.zone)
        let days: WorkingDays? = try await permit.clinic.row(
            WorkingDays.of(
                wanted.practitioner, at: wanted.location, during: span, visit: wanted.visit, wanted.inForce,
                in: tenant))
        let patients: [PatientsTime] = try await permit.rows(
            PatientsTime.of(wanted.patient, during: span, wanted.inForce, in: tenant),
            recording: AuditEvent(SeeAppointments.permission, of: "appointment").about(wanted.patient.unique))
        return Surroundings(
            wanted: wanted, firstDay: firstDay, days: days, patientsTime: patients.first?.taken)
    }

    /// What is wanted lies within, or else nothing at all could be booked then.
    private static func firstDay(around wanted: WantedAppointment) -> Day {
        let window = wanted.visit.rules.window(at: wanted.createdAt, in: wanted.zone)
        let anchor = max(window.start, min(wanted.slot.start, window.end))
        return wanted.zone.clinicTime(at: anchor).day + -daysBefore
    }

    /// What stands in the way, by the rules by which a refused booking is explained.
    var obstacles: [Obstacle] {
        let found = Obstacles(to: wanted, days: days, patientsTime: patientsTime)
        return found.complaints.map(Obstacle.init) + found.conflicts.map(Obstacle.init)
    }

    /// When the same people could meet instead.
    func nearest(at place: Location, now: Instant) -> [Slot] {
        guard let days, days.isFit, let patientsTime else { return [] }
        return days.availability(of: wanted.visit, at: place)
            .slots(from: firstDay, days: Self.dayCount, now: now)
            .filter { slot in !patientsTime.contains(where: slot.overlaps) }
            .nearest(Self.told, to: wanted.slot.start)
    }
}

extension [Slot] {
    /// Those that begin nearest to a moment, the nearest first, of two as near the earlier one.
    func nearest(_ count: Int, to moment: Instant) -> [Slot] {
        func distance(_ slot: Slot) -> (Duration, Instant) {
            (slot.start < moment ? moment - slot.start : slot.start - moment, slot.start)
        }
        return Array(sorted { distance($0) < distance($1) }.prefix(count))
    }
}
