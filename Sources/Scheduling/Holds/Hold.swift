import Identity
public import Records
import Shapes
public import Tenancy
public import Vocabulary

/// A slot that is kept for somebody for a few minutes, while they fill in the form: it takes what the
/// appointment would take, and ends by itself.
public struct Hold: Identified, Sendable {
    /// `kep_…`: kept; `hld_…` are the holds of lawyers.
    public static let idPrefix: StaticString = "kep"

    /// The hold.
    public let id: ID<Hold>
    /// For whom.
    public let patient: ID<Patient>
    /// With whom.
    public let practitioner: ID<Practitioner>
    /// Where.
    public let location: ID<Location>
    /// What kind of visit, in its specialty's words.
    public let visitType: String
    /// What is kept; buffers are not part of it.
    public let slot: Slot
    /// The zone of the wall clock by which it was agreed.
    public let zone: String
    /// When it began.
    public let heldAt: Instant
    /// When it ends.
    public let until: Instant

    /// Whether it still keeps anything.
    func isInForce(at now: Instant) -> Bool { until > now }

    /// What an appointment that names it may not say otherwise.
    func complaints(about wanted: WantedAppointment) -> [Complaint] {
        let differing = [
            ("/practitioner", practitioner == wanted.practitioner), ("/patient", patient == wanted.patient),
            ("/start", slot.start == wanted.slot.start), ("/visit_type", visitType == wanted.visit.name),
            ("/location", location == wanted.location),
        ]
        return differing.filter { !$0.1 }.map {
            Complaint(pointer: $0.0, code: "not_held", detail: "is not what the hold keeps")
        }
    }
}

extension Caller.Kind {
    /// How many slots one caller keeps at a time, so that nobody can keep a clinic's day: a family's for a
    /// patient, a busy desk's for a member of staff, a website's visitors' for the clinic's own program.
    var holdsMost: Int {
        switch self {
        case .patient: 3
        case .staff, .system: 10
        case .integration: 100
        // Whoever gives support books nothing.
        case .support: 0
        }
    }
}
