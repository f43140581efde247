import Database
import PluginKit
import Records
import Tenancy
import Vocabulary

/// Books a demo clinic's appointments.
struct DemoDesk {
    private let people: DemoPeople
    private let tenant: Tenant
    private let clinic: TenantDatabase
    private let now: Instant

    init(_ people: DemoPeople, of tenant: Tenant, in clinic: TenantDatabase, now: Instant) {
        (self.people, self.tenant, self.clinic, self.now) = (people, tenant, clinic, now)
    }

    /// Tries to book so many appointments on the days to come; how many it came to. What is taken meanwhile
    /// is passed over.
    func book(_ wanted: Int, _ dice: inout DemoDice) async throws -> Int {
        var booked = 0
        for _ in 0..<wanted {
            let practitioner = dice.pick(people.practitioners), patient = dice.pick(people.patients)
            guard let (place, visit) = visit(for: practitioner) else { continue }
            let slots = try await slots(of: practitioner, visit, at: place)
            guard !slots.isEmpty else { continue }
            let booking = WantedAppointment(
                id: dice.id(at: people.now), patient: patient.id, practitioner: practitioner.id,
                location: place.id,
                visit: visit, slot: dice.pick(slots), zone: place.zone, reason: nil,
                createdBy: people.receptionist.id.unique, createdAt: now)
            if try await isBooked(booking) { booked += 1 }
        }
        return booked
    }

    /// Where the practitioner works, and the first kind of visit that they can give there alone.
    func visit(for practitioner: DemoPeople.Practitioner) -> (Location, BookableVisit)? {
        let type = tenant.visitTypes.first { type in
            type.visitType.practitionerCount == 1
                && type.visitType.needs.contains { need in
                    if case .practitioner(let roles) = need.kind {
                        roles.contains(practitioner.staff.role)
                    } else {
                        false
                    }
                }
        }
        return type.map { (practitioner.location, BookableVisit($0, under: practitioner.location.booking)) }
    }

    /// What is free in two weeks that begin so late that the hour at which somebody asks makes no difference.
    func slots(
        of practitioner: DemoPeople.Practitioner, _ visit: BookableVisit, at place: Location
    ) async throws -> [Slot] {
        let first = place.zone.clinicTime(at: people.now).day + 2
        let span = Slot.covering(first, days: 14, for: visit, in: place.zone)
        let days: WorkingDays? = try await clinic.row(
            WorkingDays.of(
                practitioner.id, at: place.id, during: span, visit: visit, ReservationsInForce(now: now),
                in: tenant.id))
        return days?.availability(of: visit, at: place).slots(from: first, days: 14, now: people.now) ?? []
    }

    private func isBooked(_ booking: WantedAppointment) async throws -> Bool {
        do {
            try await clinic.write { transaction in booking.insert(in: transaction, clearing: false) }
            return true
        } catch let error as DatabaseError where WantedAppointment.isRefusal(error) {
            return false
        }
    }
}
