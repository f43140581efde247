public import Identity
import Roles
import Tenancy
public import Vocabulary

/// Whose rows a permit extends to, patient by patient: at which locations everybody's, and besides of which
/// patients wherever they are. Records makes the condition of a statement of it.
public struct PatientReach: Hashable, Sendable {
    /// At these locations everybody's.
    public let locations: LocationReach
    /// Besides those of these: of whoever calls, of those they answer for, of an emergency.
    public let patients: Set<UniqueID>
    /// Besides those of whoever is in this carer's care; nil where care does not count.
    public let carer: Carer?

    init(locations: LocationReach, patients: Set<UniqueID> = [], carer: Carer? = nil) {
        (self.locations, self.patients, self.carer) = (locations, patients, carer)
    }

    /// Where these rights of the caller's hold together.
    init(_ rights: [HeldRight], _ request: CallerRequest) {
        self.init(rights, of: request.caller, at: request.tenant, request.now)
    }

    init(_ rights: [HeldRight], of caller: Caller, at tenant: Tenant, _ now: Instant) {
        locations = LocationReach(rights)
        let isOwn = caller.kind == .patient && rights.contains { $0.reach.contains(.own) }
        patients = Set(rights.compactMap(\.basis.patient) + (isOwn ? [caller.id] : []))
        let caring = rights.filter { $0.reach.contains(.assigned) }
        carer = caring.isEmpty ? nil : caller.staffMember.map { Carer($0, caring, at: tenant, now) }
    }

    /// Whether nothing is left out.
    public var isEverything: Bool { locations == .everywhere }
}

/// Somebody who works here, as the one in whose care patients are: booked with them, or on the patient's care
/// team.
public struct Carer: Hashable, Sendable {
    /// How long after a visit a patient is still in the care of whoever saw them.
    public static let careLasts = Duration.seconds(30 * 86_400)

    /// Who.
    public let staffMember: ID<StaffMember>
    /// The moment it is asked at.
    public let now: Instant
    /// Where only visits of today count: each zone of the clinic's, and the day that it is there.
    public let today: [LocalDay]?

    /// A zone, and a day on its calendar.
    public struct LocalDay: Hashable, Sendable {
        /// The zone's IANA name.
        public let zone: String
        /// The day.
        public let day: Day
    }

    init(_ staffMember: ID<StaffMember>, at now: Instant, today: [LocalDay]? = nil) {
        (self.staffMember, self.now, self.today) = (staffMember, now, today)
    }

    init(_ staffMember: ID<StaffMember>, _ rights: [HeldRight], at tenant: Tenant, _ now: Instant) {
        let isOfToday = rights.allSatisfy { $0.limits.contains(.today) }
        self.init(
            staffMember, at: now, today: isOfToday ? Self.days(of: tenant, at: now) : nil)
    }

    private static func days(of tenant: Tenant, at now: Instant) -> [LocalDay] {
        Set(tenant.locations.map { LocalDay(zone: $0.zone.identifier, day: $0.zone.clinicTime(at: now).day) })
            .sorted { $0.zone < $1.zone }
    }
}
