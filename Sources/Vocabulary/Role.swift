/// What someone is at a clinic, a chain or on the platform: the built-in roles and the callers that are no
/// persons.
public enum Role: String, CaseIterable, Hashable, Sendable {
    // The platform's own people.
    case superAdmin = "platform.superAdmin"
    case support = "platform.support"
    case security = "platform.security"

    // A chain's.
    case owner = "org.owner"
    case analyst = "org.analyst"

    // A clinic's.
    case admin = "tenant.admin"
    case locationManager = "location.manager"
    case receptionist = "receptionist"
    case callCentre = "callCentre.scheduler"
    case physician = "doctor"
    case vaidya = "vaidya"
    case panchakarmaTherapist = "panchakarma.therapist"
    case physiotherapist = "physiotherapist"
    case physiotherapyAssistant = "physio.assistant"
    case nurse = "nurse"
    case pharmacist = "pharmacist"
    case labTechnician = "lab.technician"
    case accountant = "billing.accountant"
    case recordsOfficer = "records.officer"
    case auditor = "compliance.auditor"

    // The people it treats, and who answers for them.
    case patient = "patient"
    case guardian = "guardian.caregiver"

    // Callers that are no persons.
    case integration = "service.integration"
    case kiosk = "kiosk"
    case display = "display"

    /// The 22 that a person can hold; the other three belong to programs and screens.
    public static let human = allCases.filter { ![.integration, .kiosk, .display].contains($0) }

    /// Whether the role is given on the platform or a chain, outside any clinic.
    public var isOutsideClinics: Bool { rawValue.hasPrefix("platform.") || rawValue.hasPrefix("org.") }
}
