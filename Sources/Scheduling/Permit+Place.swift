import Access
import EndpointKit
import PluginKit
import Shapes
import Tenancy
import Vocabulary

extension Permit {
    /// The location that was asked for, or the clinic's only one. Where the permit does not hold is refused
    /// as the role would refuse it: that a clinic has this location is no secret.
    func place(_ wanted: ID<Location>?, at pointer: String) throws -> Location {
        let place = try location(wanted, at: pointer)
        guard locations.contains(place.id) else { throw Problem.notAllowed }
        return place
    }

    /// The same, whether or not the permit holds there.
    func location(_ wanted: ID<Location>?, at pointer: String) throws -> Location {
        guard let place = wanted.map(tenant.location) ?? tenant.onlyLocation else {
            let complaint: Complaint =
                wanted == nil
                ? Complaint(
                    pointer: pointer, code: "missing",
                    detail: "must be said: the clinic has several locations")
                : .unknown(pointer, "location")
            throw Problem.invalidInput([complaint])
        }
        return place
    }
}

extension Tenant {
    fileprivate var onlyLocation: Location? { locations.count == 1 ? locations[0] : nil }

    /// The kind of visit that was asked for, or the clinic's first, under the rules of the location.
    func visit(_ wanted: String?, at place: Location, pointer: String) throws -> BookableVisit {
        guard let type = wanted.map({ visitType(named: $0) }) ?? visitTypes.first else {
            throw Problem.invalidInput([.unknown(pointer, "kind of visit")])
        }
        return try bookable(type, at: place, pointer: pointer)
    }

    /// The kind of visit that was promised, as far as the clinic still has it: whoever asks has not named it,
    /// so it is no fault of what they sent.
    func visit(_ promised: PromisedVisit, at place: Location, pointer: String) throws -> BookableVisit {
        guard let type = visitType(named: promised.appointment.visitType, of: promised.plugin) else {
            guard plugins.contains(where: { $0.id == promised.plugin }) else {
                throw Problem(.pluginDisabled)
            }
            throw Problem.conflict("The clinic does not offer this kind of visit any more.")
        }
        return try bookable(type, at: place, pointer: pointer)
    }

    private func bookable(
        _ type: BookableVisitType, at place: Location, pointer: String
    ) throws -> BookableVisit {
        guard type.visitType.practitionerCount == 1 else {
            // Half a team is no visit: as long as only one practitioner can be chosen, it is not promised.
            let detail = "takes several practitioners at once, who cannot be booked together"
            throw Problem.invalidInput([Complaint(pointer: pointer, code: "takes_several", detail: detail)])
        }
        return BookableVisit(type, under: place.booking)
    }
}

extension VisitType {
    /// How many people the visit takes besides the patient.
    var practitionerCount: Int { needs.filter { $0.tag == nil }.reduce(0) { $0 + $1.count } }
}

extension VisitType {
    /// What the practitioner may be.
    fileprivate var practitionerRoles: [Role] {
        needs.flatMap { need in
            if case .practitioner(let roles) = need.kind {
                roles.sorted { $0.rawValue < $1.rawValue }
            } else {
                [Role]()
            }
        }
    }
}

extension BookableVisit {
    /// The specialty's declaration under a location's rules. Where both ask for a buffer, the longer one
    /// holds.
    init(_ type: BookableVisitType, under booking: AppointmentConfiguration) {
        let visit = type.visitType, own = visit.needs.first { $0.tag == nil }
        self.init(
            plugin: type.plugin.text, pluginVersion: Int32(type.pluginVersion), name: visit.name,
            rules: VisitRules(
                minutes: visit.length.minutes, stepMinutes: booking.slotStepMinutes,
                leadMinutes: booking.leadMinutes,
                horizonDays: booking.horizonDays,
                bufferBeforeMinutes: max(booking.bufferBeforeMinutes, own?.before.minutes ?? 0),
                bufferAfterMinutes: max(booking.bufferAfterMinutes, own?.after.minutes ?? 0)),
            roles: visit.practitionerRoles.map(\.rawValue), things: visit.needs.compactMap(NeededThing.init))
    }
}

extension NeededThing {
    /// Nil for people, who are not tagged.
    init?(_ need: Need) {
        guard let tag = need.tag else { return nil }
        self.init(
            kind: need.thingKind, tag: tag, count: need.count, minutesBefore: need.before.minutes,
            minutesAfter: need.after.minutes)
    }
}

extension Need {
    /// The column's word.
    fileprivate var thingKind: String {
        switch kind {
        case .practitioner: "practitioner"
        case .room: "room"
        case .equipment: "equipment"
        case .seat: "seat"
        }
    }
}

extension Duration {
    fileprivate var minutes: Int { Int(components.seconds / 60) }
}
