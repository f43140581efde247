public import PluginKit

/// A family practice: whoever comes is seen by a nurse and then by a physician.
public struct GeneralPracticePlugin: DomainPlugin {
    /// How configurations and appointments name it.
    public static let id: PluginID = "general-practice"
    /// How people name it.
    public static let title = "General practice"
    /// The declaration as it stands here.
    public static let version = 1
    /// What not everybody in a family practice may do.
    public static let permissions: [PluginPermission] = [
        PluginPermission(
            "general-practice.vitals.record", "Record vital signs before a consultation.",
            to: [.nurse: .location, .physician: .assigned]),
        PluginPermission(
            "general-practice.vaccine.give", "Give a vaccination and record its lot.",
            to: [.nurse: .location, .physician: .assigned]),
        PluginPermission(
            "general-practice.certificate.sign", "Sign a medical certificate.",
            to: [.physician: .assigned]),
    ]
    /// Holds nothing.
    public init() {}

    /// Lengths of visits, and how long a room is cleaned.
    public struct Configuration: Shape {
        @Field("Minutes of a consultation.", .within(5...120)) var consultationMinutes = 15
        @Field("Minutes of a follow-up.", .within(5...60)) var followUpMinutes = 10
        @Field("Minutes of a health check.", .within(10...180)) var healthCheckMinutes = 30
        @Field("Minutes of a consultation by phone or video.", .within(5...120))
        var teleconsultationMinutes = 15
        @Field("Minutes for which the procedure room is cleaned afterwards.", .within(0...60))
        var cleaningMinutes = 10
        @Field("Hours before a visit at which the patient is reminded.", .within(1...96))
        var reminderHours = 24

        /// The defaults.
        public init() {}
    }

    /// What patients can book.
    public func visitTypes(_ configuration: Configuration) -> [VisitType] {
        let reminder = Reminder(
            "general-practice.visit", before: .hours(configuration.reminderHours), via: .whatsApp, .sms,
            .email)
        VisitType(
            "consultation", "Consultation", lasting: .minutes(configuration.consultationMinutes),
            lifecycle: consultation
        ) {
            Needs(.practitioner(.physician), .room("consulting"))
            Form(VitalSigns.self)
            Form(VisitNote.self)
            Document("prescription")
            reminder
        }
        VisitType(
            "follow-up", "Follow-up", lasting: .minutes(configuration.followUpMinutes),
            lifecycle: .ordinary(by: [.physician]) { _ in [.charge("GP-FOLLOW-UP", times: 1)] }
        ) {
            Needs(.practitioner(.physician), .room("consulting"))
            Form(VisitNote.self)
            Document("prescription")
            reminder
        }
        VisitType(
            "health-check", "Health check", lasting: .minutes(configuration.healthCheckMinutes),
            lifecycle: consultation
        ) {
            Needs(.practitioner(.physician), .room("consulting"))
            Form(VitalSigns.self)
            Form(VisitNote.self)
            Document("health-report")
            reminder
        }
        teleconsultation(configuration, reminder)
        VisitType(
            "vaccination", "Vaccination", lasting: .minutes(10),
            lifecycle: .ordinary(by: [.nurse, .physician]) { _ in
                [.charge("GP-VACCINATION", times: 1), .issue(document: "vaccination-record")]
            }
        ) {
            // Watched for a quarter of an hour afterwards, which takes no more of the nurse.
            Needs(.practitioner(.nurse, .physician), .room("treatment", after: .minutes(15)))
            Document("vaccination-record")
            reminder
        }
        VisitType(
            "minor-procedure", "Minor procedure", lasting: .minutes(30),
            lifecycle: .ordinary(by: [.physician]) { _ in [.charge("GP-PROCEDURE", times: 1)] }
        ) {
            Needs(
                .practitioner(.physician), .practitioner(.nurse),
                .room("treatment", after: .minutes(configuration.cleaningMinutes)))
            Form(VisitNote.self)
            reminder
        }
    }

    private func teleconsultation(_ configuration: Configuration, _ reminder: Reminder) -> VisitType {
        VisitType(
            "teleconsultation", "Consultation by phone or video",
            lasting: .minutes(configuration.teleconsultationMinutes),
            lifecycle: .ordinary(by: [.physician]) { _ in [.charge("GP-TELECONSULTATION", times: 1)] }
        ) {
            // Nobody comes, so nothing but the physician's time is taken.
            Needs(.practitioner(.physician))
            Form(VisitNote.self)
            Document("prescription")
            reminder
        }
    }

    /// A physician begins only once a nurse has measured.
    private var consultation: Lifecycle<Stage, Step> {
        Lifecycle(begins: .booked, ends: [.finished, .left, .missed, .cancelled]) {
            Move(.arrive, from: .booked, to: .arrived, by: .desk.union([.nurse]))
            Move(.miss, from: .booked, to: .missed, by: .desk.union([.physician]))
            Move(.cancel, from: .booked, to: .cancelled, by: .desk.union([.physician, .patient, .guardian]))
            Move(.leave, from: .arrived, to: .left, by: .desk.union([.nurse]))
            Move(.measure, from: .arrived, to: .measured, by: [.nurse, .physician]) { visit throws(Refusal) in
                guard visit.form(VitalSigns.self) != nil else { throw "Record the vital signs first." }
                return []
            }
            Move(.leave, from: .measured, to: .left, by: .desk.union([.nurse]))
            Move(.begin, from: .measured, to: .begun, by: [.physician])
            Move(.finish, from: .begun, to: .finished, by: [.physician]) { visit throws(Refusal) in
                guard visit.form(VisitNote.self) != nil else { throw "Write the note first." }
                return [.charge("GP-CONSULTATION", times: 1)]
            }
        }
    }
}

enum Stage: String, VisitStage {
    case booked, arrived, measured, begun, finished, left, missed, cancelled

    var phase: Phase {
        switch self {
        case .booked: .booked
        case .arrived, .measured: .arrived
        case .begun: .begun
        case .finished: .finished
        case .left: .left
        case .missed: .missed
        case .cancelled: .cancelled
        }
    }
}

enum Step: String, VisitStep { case arrive, measure, begin, finish, leave, miss, cancel }
