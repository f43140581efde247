public import Database

/// Where jobs of one nature wait together, apart from others: a flood in one lane delays no other.
///
/// The first sixteen are named as the systems that clinics come from name their queues.
public enum Lane: String, CaseIterable, Sendable, SQLValue, SQLElement, FromRow {
    case clinicAppointment = "clinic-appointment"
    case enhancedAppointment = "enhanced-appointment"
    case doctorAvailability = "doctor-availability"
    case email
    case notification
    case reminder
    case followUp = "follow-up"
    case vidhakarma
    case panchakarma
    case ayurvedaTherapy = "ayurveda-therapy"
    case queueManagement = "queue-management"
    case waitingList = "waiting-list"
    case paymentProcessing = "payment-processing"
    case analytics
    case calendarSync = "calendar-sync"
    case patientPreference = "patient-preference"
    case auditExport = "audit-export"
    case retention
    case webhookOut = "webhook-out"
    case generalPractice = "general-practice"
    case physiotherapy

    /// How many of its jobs run at once, over all workers, unless an operator has said otherwise.
    public var usualLimits: Limits {
        switch self {
        case .email, .notification, .reminder, .followUp, .webhookOut: Limits(atOnce: 64, perClinic: 40)
        case .analytics, .auditExport, .retention: Limits(atOnce: 8, perClinic: 2)
        case .paymentProcessing, .calendarSync: Limits(atOnce: 16, perClinic: 8)
        default: Limits(atOnce: 32, perClinic: 20)
        }
    }

    /// How many jobs run at once. A clinic's limit is below the lane's, so that one clinic's slow jobs can
    /// never be all that runs.
    public struct Limits: Sendable, Equatable {
        /// In the whole lane.
        public let atOnce: Int
        /// Of one clinic.
        public let perClinic: Int

        /// Both limits.
        public init(atOnce: Int, perClinic: Int) { (self.atOnce, self.perClinic) = (atOnce, perClinic) }

        /// So many clinics can have as many running as they may, before the lane is full.
        var fullClinicsMax: Int { atOnce / max(1, perClinic) + 1 }
    }
}
