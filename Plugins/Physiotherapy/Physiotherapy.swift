public import PluginKit

/// Assessment first, then a package of treatment visits.
public struct PhysiotherapyPlugin: DomainPlugin {
    /// How configurations and appointments name it.
    public static let id: PluginID = "physiotherapy"
    /// How people name it.
    public static let title = "Physiotherapy"
    /// The declaration as it stands here.
    public static let version = 1
    /// What its permissions begin with.
    public static let namespace = "physio"
    /// What not everybody in physiotherapy may do.
    public static let permissions: [PluginPermission] = [
        PluginPermission(
            "physio.plan.read", "See plans of care and what was reached by them.",
            to: [
                .physiotherapist: .assigned, .physiotherapyAssistant: .assigned, .physician: .assigned,
                .recordsOfficer: .tenant,
            ]),
        PluginPermission(
            "physio.plan.write", "Draft a plan of care and change it until it is signed.",
            to: [.physiotherapist: .assigned]),
        PluginPermission(
            "physio.plan.sign", "Sign a plan of care, from which its visits are authorised.",
            to: [.physiotherapist: .assigned]),
        PluginPermission(
            "physio.treatment.record", "Record what was done in a treatment.",
            to: [.physiotherapist: .assigned, .physiotherapyAssistant: .assigned]),
        PluginPermission(
            "physio.treatment.cosign", "Sign what an assistant has recorded.",
            to: [.physiotherapist: .assigned]),
        PluginPermission(
            "physio.exercises.log", "Log exercises done at home, and how they felt.", to: [.patient: .own]),
    ]
    /// Holds nothing.
    public init() {}

    /// How long a package is and when patients are reminded.
    public struct Configuration: Shape {
        @Field("Treatment visits in a standard package.", .within(1...60)) var packageVisits = 6
        @Field("Minutes of an assessment.", .within(15...120)) var assessmentMinutes = 45
        @Field("Minutes of a treatment.", .within(15...120)) var treatmentMinutes = 30
        @Field("Hours before a visit at which the patient is reminded.", .within(1...96))
        var reminderHours = 24

        /// The defaults.
        public init() {}
    }

    /// What patients can book.
    public func visitTypes(_ configuration: Configuration) -> [VisitType] {
        let lead = Duration.hours(configuration.reminderHours)
        VisitType(
            "assessment", "Assessment", lasting: .minutes(configuration.assessmentMinutes),
            lifecycle: .ordinary(by: [.physiotherapist]) { visit throws(Refusal) in
                guard visit.form(MovementAssessment.self) != nil else {
                    throw "Fill in the movement assessment first."
                }
                return [
                    .charge("PHY-ASSESSMENT", times: 1), .issue(document: "assessment-report"),
                    .openEpisode(plannedVisits: configuration.packageVisits),
                ]
            }
        ) {
            Needs(.practitioner(.physiotherapist), .room("treatment"))
            Form(MovementAssessment.self)
            Document("assessment-report")
            Reminder("physiotherapy.bring-scans", before: lead, via: .sms, .whatsApp)
        }
        VisitType(
            "treatment", "Treatment", lasting: .minutes(configuration.treatmentMinutes),
            lifecycle: .ordinary(by: [.physiotherapist, .physiotherapyAssistant]) { visit throws(Refusal) in
                let isLast = visit.completedVisits + 1 >= configuration.packageVisits
                return [.charge("PHY-TREATMENT", times: 1)] + (isLast ? [.closeEpisode] : [])
            }
        ) {
            Needs(
                .practitioner(.physiotherapist, .physiotherapyAssistant),
                .room("treatment", after: .minutes(5)))
            Form(TreatmentNote.self)
            Reminder("physiotherapy.visit", before: lead, via: .sms, .whatsApp)
        }
        VisitType(
            "group-exercise", "Group exercise", lasting: .minutes(60),
            lifecycle: .ordinary(by: [.physiotherapist, .physiotherapyAssistant]) { _ in
                [.charge("PHY-GROUP", times: 1)]
            }
        ) {
            Needs(.practitioner(.physiotherapist, .physiotherapyAssistant), .seat("gym"))
            Reminder("physiotherapy.visit", before: lead, via: .sms, .whatsApp)
        }
    }
}
