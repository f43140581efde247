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

    private static func words(of act: String, on kind: String?, isList: Bool) -> String {
        switch (act, kind, isList) {
        case ("demographics.read", _, _): "looked at your personal details"
        case ("demographics.create", _, _): "entered your personal details"
        case ("demographics.update", _, _): "changed your personal details"
        case ("appointments.read", _, true): "looked at a list of your appointments"
        case ("appointments.read", _, false): "looked at an appointment of yours"
        case ("appointments.create", _, _): "booked an appointment for you"
        case ("appointments.update", _, _): "moved an appointment of yours"
        case ("appointments.void", _, _): "cancelled an appointment of yours"
        case ("audit.read", _, _): "looked at who has seen your record"
        default:
            words(ofDeed: act) + " your " + (kind ?? "record").split(separator: "_").joined(separator: " ")
        }
    }

    private static func words(ofDeed act: String) -> String {
        switch act.split(separator: ".").last {
        case "read": "looked at"
        case "create": "added to"
        case "update": "changed"
        case "void": "cancelled"
        case "approve": "approved"
        default: "worked with"
        }
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
