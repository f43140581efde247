import Identity
public import JSON
import Tenancy
public import Vocabulary

/// One line of the audit trail: what was done to whom. Who did it, when, from where and what for comes from
/// the request.
public struct AuditEvent: Sendable {
    /// How it ended.
    public enum Outcome: String, CaseIterable, Sendable {
        case done, denied, refused
    }

    /// What was done, as the permission is named: `appointments.create`.
    public let act: String
    /// How it ended.
    public let outcome: Outcome
    /// What kind of thing: `appointment`.
    public let subjectKind: String
    /// Which; nil for a list.
    public let subjectID: UniqueID?
    /// Which list, from when to when, and the like. Ids and times, no names.
    public private(set) var detail: JSONObject
    /// Whom it is about, where the reader was told which patient that is: an emergency of another patient's
    /// is then no matter of this line's.
    private var patient: UniqueID?

    /// A line about one thing, or about a list.
    public init(
        _ permission: Permission, outcome: Outcome = .done, of subjectKind: String,
        _ subjectID: UniqueID? = nil,
        detail: JSONObject = [:]
    ) {
        self.init(act: permission.name, outcome: outcome, of: subjectKind, subjectID, detail: detail)
    }

    /// A line about something for which there is no permission, such as signing in.
    public init(
        act: String, outcome: Outcome = .done, of subjectKind: String, _ subjectID: UniqueID? = nil,
        detail: JSONObject = [:]
    ) {
        (self.act, self.outcome, self.subjectKind) = (act, outcome, subjectKind)
        (self.subjectID, self.detail) = (subjectID, detail)
    }

    /// The same line, known to be about this patient.
    public func about(_ patient: UniqueID) -> AuditEvent {
        var event = self
        event.patient = patient
        return event
    }

    /// The same line with the emergency to which it owes that it could be done. Better one too many is marked
    /// than one too few.
    func marked(by rights: [HeldRight]) -> AuditEvent {
        for right in rights {
            guard case .emergency(let id, of: let opened) = right.basis, patient ?? opened == opened else {
                continue
            }
            var event = self
            event.detail["emergency"] = .string(id.uuidText)
            return event
        }
        return self
    }

    /// The right by which it was done: that for this very patient, where there is one.
    func right(among rights: [HeldRight]) -> HeldRight? {
        let own = patient.flatMap { patient in
            rights.first { $0.basis.patient == patient }
        }
        return own ?? rights.first
    }

    /// What a line says, where somebody of the platform did it: by which grant, for which clinic. That the
    /// caller is one of them and not the clinic's stands beside it, as for everybody.
    static func detail(_ said: JSONObject, by person: Person?, at clinic: ID<Tenant>) -> JSONObject {
        guard let person, person.kind == .support else { return said }
        var detail = said
        detail["support"] = [
            "grant": .string(person.id.uuidText), "on_behalf_of": .string(clinic.unique.uuidText),
        ]
        return detail
    }

    /// Whether it was possible through an emergency alone, or may have been.
    var isEmergency: Bool { detail["emergency"] != nil }
}
