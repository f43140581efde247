public import Database
public import Identity
import PluginKit
public import Records
public import Tenancy
public import Vocabulary

/// People and appointments for a clinic that is shown and not lived in: the same ones for the same seed and
/// day.
public struct DemoSeed: Sendable {
    /// Whom and what a demo clinic can be tried with.
    public struct Cast: Sendable {
        /// Runs the clinic.
        public let admin: ID<StaffMember>
        /// Sits at the desk and may book.
        public let receptionist: ID<StaffMember>
        /// Can be booked, at `location`.
        public let practitioner: ID<Practitioner>
        /// Can be seen.
        public let patient: ID<Patient>
        /// Where.
        public let location: ID<Location>
        /// A kind of visit that fits all of them.
        public let visitType: String
        /// When it could begin, if anything is free.
        public let start: Instant?
        /// How many appointments were booked.
        public let appointmentCount: Int
    }

    private let seed: UInt64
    private let patientCount: Int
    private let appointmentCount: Int

    /// So many patients and at most so many appointments for each clinic.
    public init(seed: UInt64, patients: Int = 40, appointments: Int = 24) {
        (self.seed, patientCount, appointmentCount) = (seed, max(patients, 1), appointments)
    }

    /// Fills a clinic that has its configuration, and nobody in it. Appointments are booked the way a desk
    /// books them, so what is shown is what could have happened.
    public func fill(_ tenant: Tenant, in database: Database, now: Instant) async throws -> Cast {
        guard !tenant.locations.isEmpty, !tenant.visitTypes.isEmpty else {
            throw Refusal("\(tenant.slug) has no location or no kind of visit: there is nothing to show.")
        }
        var dice = dice(of: tenant)
        let people = DemoPeople(of: tenant, patients: patientCount, on: Day(containingUTC: now), &dice)
        let clinic = database.clinic(tenant.id)
        try await clinic.write { transaction in people.insert(in: transaction) }
        let desk = DemoDesk(people, of: tenant, in: clinic, now: now)
        let booked = try await desk.book(appointmentCount, &dice)
        return try await cast(people, desk, booked)
    }

    /// Whom a clinic that was filled earlier can be tried with: the same seed and day give the same people
    /// again. Without a start where they are not there any more.
    public func recall(
        _ tenant: Tenant, filledAt: Instant, in database: Database, now: Instant
    ) async throws -> Cast {
        var dice = dice(of: tenant)
        let people = DemoPeople(of: tenant, patients: patientCount, on: Day(containingUTC: filledAt), &dice)
        let desk = DemoDesk(people, of: tenant, in: database.clinic(tenant.id), now: now)
        return try await cast(people, desk, 0)
    }

    /// Clinics differ although their seed is the same.
    private func dice(of tenant: Tenant) -> DemoDice {
        DemoDice(seed: tenant.slug.text.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
    }

    private func cast(_ people: DemoPeople, _ desk: DemoDesk, _ booked: Int) async throws -> Cast {
        guard let patient = people.patients.first,
            let practitioner = people.practitioners.first(where: { desk.visit(for: $0) != nil }),
            let (place, visit) = desk.visit(for: practitioner)
        else { throw Refusal("No practitioner of this clinic could be booked for anything.") }
        let slots = try await desk.slots(of: practitioner, visit, at: place)
        return Cast(
            admin: people.admin.id, receptionist: people.receptionist.id, practitioner: practitioner.id,
            patient: patient.id, location: place.id, visitType: visit.name, start: slots.first?.start,
            appointmentCount: booked)
    }
}
