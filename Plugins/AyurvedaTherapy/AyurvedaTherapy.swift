public import PluginKit

/// A panchakarma centre: a vaidya decides, therapists treat, and the patient rests before leaving.
public struct AyurvedaTherapyPlugin: DomainPlugin {
    /// How configurations and appointments name it.
    public static let id: PluginID = "ayurveda-therapy"
    /// How people name it.
    public static let title = "Ayurveda therapy"
    /// The declaration as it stands here.
    public static let version = 1
    /// What its permissions begin with.
    public static let namespace = "ayurveda"
    /// What not everybody in a panchakarma centre may do. Cautery and piercing ask for a training of their
    /// own: they are suggested to nobody, and each centre says who has it.
    public static let permissions: [PluginPermission] = [
        PluginPermission(
            "ayurveda.course.read", "See courses of therapies and how far they are.",
            to: [
                .vaidya: .assigned, .panchakarmaTherapist: .assigned, .physician: .assigned,
                .recordsOfficer: .tenant,
            ]),
        PluginPermission(
            "ayurveda.course.plan", "Plan a course of therapies, and shift what remains of it.",
            to: [.vaidya: .assigned]),
        PluginPermission(
            "ayurveda.course.sign", "Sign that the next phase of a course may begin.",
            to: [.vaidya: .assigned]),
        PluginPermission(
            "ayurveda.therapy.record", "Record a therapy: substances, how it was borne, signs.",
            to: [.vaidya: .assigned, .panchakarmaTherapist: .assigned]),
        PluginPermission(
            "ayurveda.warning.override", "Go on against a warning, for a reason that is kept.",
            to: [.vaidya: .assigned]),
        PluginPermission("ayurveda.parasurgical.perform", "Perform agnikarma and viddhakarma."),
    ]
    /// Holds nothing.
    public init() {}

    /// Lengths, what is done to the rooms, and how long a course is.
    public struct Configuration: Shape {
        @Field("Minutes of a first consultation.", .within(15...180)) var consultationMinutes = 45
        @Field("Minutes of an oil massage.", .within(20...180)) var massageMinutes = 60
        @Field("Minutes for which a therapy room is warmed before.", .within(0...60))
        var warmingMinutes = 10
        @Field("Minutes for which a therapy room is cleaned afterwards.", .within(0...60))
        var cleaningMinutes = 20
        @Field("Therapies in a usual course.", .within(1...60)) var courseVisits = 7
        @Field("Hours before a therapy at which the patient is told how to prepare.", .within(1...96))
        var reminderHours = 18

        /// The defaults.
        public init() {}
    }

    /// What patients can book.
    public func visitTypes(_ configuration: Configuration) -> [VisitType] {
        let minutes = configuration.massageMinutes
        VisitType(
            "consultation", "Consultation with a vaidya",
            lasting: .minutes(configuration.consultationMinutes),
            lifecycle: .ordinary(by: [.vaidya]) { visit throws(Refusal) in
                guard visit.form(ConstitutionNote.self) != nil else { throw "Record the constitution first." }
                return [
                    .charge("AYU-CONSULTATION", times: 1),
                    .openEpisode(plannedVisits: configuration.courseVisits),
                ]
            }
        ) {
            Needs(.practitioner(.vaidya), .room("consulting"))
            Form(ConstitutionNote.self)
        }
        VisitType(
            "abhyanga", "Abhyanga (oil massage)", lasting: .minutes(minutes),
            lifecycle: therapy("AYU-ABHYANGA", configuration)
        ) {
            // Given by two therapists at once, one on either side.
            therapyNeeds(configuration, therapists: 2)
            Form(TherapyNote.self)
            preparation(configuration)
        }
        VisitType(
            "swedana", "Swedana (steam)", lasting: .minutes(30),
            lifecycle: therapy("AYU-SWEDANA", configuration)
        ) {
            therapyNeeds(configuration, therapists: 1)
            Needs(.equipment("steam-cabin", after: .minutes(configuration.cleaningMinutes)))
            Form(TherapyNote.self)
            preparation(configuration)
        }
        VisitType(
            "shirodhara", "Shirodhara", lasting: .minutes(45),
            lifecycle: therapy("AYU-SHIRODHARA", configuration)
        ) {
            therapyNeeds(configuration, therapists: 1)
            Form(TherapyNote.self)
            preparation(configuration)
        }
    }

    private func therapyNeeds(_ configuration: Configuration, therapists: Int) -> Needs {
        Needs(
            .practitioner(.panchakarmaTherapist, count: therapists),
            .room(
                "therapy", before: .minutes(configuration.warmingMinutes),
                after: .minutes(configuration.cleaningMinutes)))
    }

    private func preparation(_ configuration: Configuration) -> Reminder {
        Reminder("ayurveda.prepare", before: .hours(configuration.reminderHours), via: .whatsApp, .sms)
    }

    /// A therapy ends when the patient has rested, not when the therapist is done.
    private func therapy(_ charge: ChargeCode, _ configuration: Configuration) -> Lifecycle<Stage, Step> {
        let staff: Set<Role> = [.panchakarmaTherapist, .vaidya]
        return Lifecycle(begins: .booked, ends: [.finished, .aborted, .left, .missed, .cancelled]) {
            Move(.arrive, from: .booked, to: .arrived, by: .desk.union(staff))
            Move(.miss, from: .booked, to: .missed, by: .desk.union(staff))
            Move(.cancel, from: .booked, to: .cancelled, by: .desk.union(staff).union([.patient, .guardian]))
            Move(.leave, from: .arrived, to: .left, by: .desk.union(staff))
            Move(.begin, from: .arrived, to: .inTherapy, by: staff)
            Move(.stop, from: .inTherapy, to: .aborted, by: staff)
            Move(.rest, from: .inTherapy, to: .resting, by: staff)
            Move(.stop, from: .resting, to: .aborted, by: staff)
            Move(.finish, from: .resting, to: .finished, by: staff) { visit throws(Refusal) in
                guard visit.form(TherapyNote.self) != nil else { throw "Write the therapy note first." }
                let isLast = visit.completedVisits + 1 >= configuration.courseVisits
                return [.charge(charge, times: 1)] + (isLast ? [.closeEpisode] : [])
            }
        }
    }
}

enum Stage: String, VisitStage {
    case booked, arrived, resting, finished, aborted, left, missed, cancelled
    case inTherapy = "in-therapy"

    var phase: Phase {
        switch self {
        case .booked: .booked
        case .arrived: .arrived
        case .inTherapy, .resting: .begun
        case .finished: .finished
        case .aborted: .aborted
        case .left: .left
        case .missed: .missed
        case .cancelled: .cancelled
        }
    }
}

enum Step: String, VisitStep { case arrive, begin, rest, finish, stop, leave, miss, cancel }
