import EndpointKit
import JSON
public import Shapes
public import Vocabulary

/// One time that somebody looked at a patient's record or changed it, as the patient is told: in plain words,
/// by what they are and not by name.
public struct AccessEntry: Output {
    /// When.
    public let at: Instant
    /// Who, by their role.
    public let who: String
    /// What they did.
    public let what: String
    /// What for, if they said.
    public let purpose: String?

    init(_ event: SealedEvent, ownID: UniqueID) {
        at = event.at
        who = event.callerID == ownID ? "you" : Self.words(ofRole: event.callerRole, kind: event.callerKind)
        what = Self.words(of: event.act, on: event.subjectKind, isList: event.subjectID == nil)
        purpose = event.purpose.flatMap(Purpose.init(rawValue:)).map(Self.words)
    }

    /// The answer's members.
    public static let shape = OutputShape<AccessEntry> {
        Out("at", "When.") { $0.at }
        Out("who", "Who, by what they are at the clinic.", example: "a receptionist") { $0.who }
        Out("what", "What they did.", example: "booked an appointment") { $0.what }
        Out("purpose", "What for, if they said.", example: "for your treatment") { $0.purpose }
    }

    private static func words(ofRole role: String?, kind: String) -> String {
        guard ["staff", "integration", "support"].contains(kind) || role == Role.guardian.rawValue else {
            return kind == "patient" ? "a patient" : "the clinic's system"
        }
        guard let role = role.flatMap(Role.init(rawValue:)) else { return "somebody of the clinic's staff" }
        return switch role {
        case .admin: "an administrator of the clinic"
        case .locationManager: "a manager of the clinic"
        case .receptionist: "a receptionist"
        case .callCentre: "somebody who books appointments by telephone"
        case .physician: "a doctor"
        case .vaidya: "an ayurveda physician"
        case .panchakarmaTherapist: "a panchakarma therapist"
        case .physiotherapist: "a physiotherapist"
        case .physiotherapyAssistant: "a physiotherapist's assistant"
        case .nurse: "a nurse"
        case .pharmacist: "a pharmacist"
        case .labTechnician: "a laboratory technician"
        case .accountant: "an accountant"
        case .recordsOfficer: "whoever keeps the clinic's records"
        case .auditor: "an auditor"
        case .owner, .analyst: "somebody of the clinic's chain"
        case .superAdmin, .support, .security: "somebody who runs the platform"
        case .patient: "a patient"
        case .guardian: "a guardian"
        case .integration: "a program that the clinic uses"
        case .kiosk, .display: "a screen at the clinic"
        }
    }

    static func words(of act: String, on kind: String?, isList: Bool) -> String {
        switch (act, kind) {
        case ("demographics.read", "patient"): "looked at your personal details"
        case ("demographics.read", "guardianship"): "looked at who answers for you"
        case ("demographics.read", "care_team"): "looked at who is on your care team"
        case ("demographics.read", "message_consent"): "looked at which messages you agreed to"
        case ("demographics.create", "patient"): "entered your personal details"
        // Nothing changes a patient's own row yet: it is their sign-ins that somebody ended.
        case ("demographics.update", "patient"): "signed you out on all your devices"
        case ("demographics.update", "guardianship"): "changed who answers for you"
        case ("demographics.update", "care_team"): "changed who is on your care team"
        case ("demographics.update", "message_consent"): "changed which messages you agreed to"
        case ("appointments.read", _) where isList: "looked at a list of your appointments"
        case ("appointments.read", _): "looked at an appointment of yours"
        case ("appointments.create", _): "booked an appointment for you"
        case ("appointments.update", _): "moved an appointment of yours"
        case ("appointments.void", _): "cancelled an appointment of yours"
        case ("emergency.open", _): "opened your record in an emergency"
        case ("emergency.end", _): "closed your record after an emergency"
        case ("emergency.review", _): "reviewed an emergency in which your record was opened"
        case ("addresses.confirm", _): "confirmed an address of yours"
        case ("audit.read", _): "looked at who has seen your record"
        default: words(ofDeed: act, on: kind)
        }
    }

    /// For deeds that are nowhere put into words, such as a specialty's.
    static func words(ofDeed act: String, on kind: String?) -> String {
        let deed =
            switch act.split(separator: ".").last {
            case "read": "looked at"
            case "create": "added to"
            case "update": "changed"
            case "void": "cancelled"
            case "approve": "approved"
            default: "worked with"
            }
        return deed + " your " + (kind ?? "record").split(separator: "_").joined(separator: " ")
    }

    private static func words(_ purpose: Purpose) -> String {
        switch purpose {
        case .treatment: "for your treatment"
        case .payment: "for a payment"
        case .operations: "to run the clinic"
        case .patientRequest: "because you asked for it"
        case .emergency: "in an emergency"
        case .support: "to help the clinic with its program"
        }
    }
}
