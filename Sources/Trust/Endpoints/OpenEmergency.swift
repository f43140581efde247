public import Access
import Database
public import EndpointKit
import Identity
import JSON
import JobQueue
import Outbox
public import Reception
import Records
import Roles
import Shapes
import Tenancy
import Vocabulary

/// Opens a patient's record in an emergency.
public struct OpenEmergency: Endpoint {
    /// `POST /v1/patients/{patient}/emergency-access`
    public static let route = Route.post("/v1/patients/{patient}/emergency-access")
    /// What it does.
    public static let summary = "Open a patient's record in an emergency, to read it for an hour."
    /// What a caller must know.
    public static let details = """
        For those whose role writes clinical notes, with a second factor given within the last five minutes. It opens this \
        record alone, no list and no export; those who run and audit the clinic are told at once, every access is marked in \
        the audit trail, and somebody else reviews it within three working days. The patient is told after the clinic's \
        `access.emergency_notice_hours`. Whoever owes two reviews that are overdue cannot open another record.
        """
    /// Whoever treats people here.
    public static let access =
        Access<FreshSecondFactor<Equipped<Permit<OpenInEmergency>, SuspicionBook>>>.permitted()
    /// Emergencies are few.
    public static let limit = Limit.perCaller(10, per: .seconds(3600))
    /// Who opened whose record, and why.
    public static let audit = Audit.writes("patient")
    /// It may be open already.
    public static let problems: [ProblemCode] = [.notFound, .stepUpRequired, .conflict, .refused]

    @In(.path, "The patient.") var patient: ID<Patient>
    @In(.body, "Why it has to be.") var reason: EmergencyAccess.Reason
    @In(.body, "The same in words, for whoever reviews it.", .length(15...1000), .notBlank) var words: String

    /// Inputs still empty.
    public init() {}

    /// Opened, recorded, and told of, or none of it.
    public func respond(
        to fresh: FreshSecondFactor<Equipped<Permit<OpenInEmergency>, SuspicionBook>>
    ) async throws -> Created<EmergencyAccess> {
        let permit = fresh.request.request
        let opened = try await open(try emergency(by: permit), by: permit)
        fresh.request.tool.noteBrokenGlass(by: permit.caller.id, in: permit.request.request)
        return opened
    }

    private func open(
        _ emergency: EmergencyAccess, by permit: Permit<OpenInEmergency>
    ) async throws -> Created<EmergencyAccess> {
        try await permit.write { clinic in
            try await check(permit, in: clinic)
            emergency.insert(in: clinic)
            AuditTrail.record(
                AuditEvent(
                    act: "emergency.open", of: "patient", patient.unique,
                    detail: [
                        "emergency": .string(emergency.id.unique.uuidText),
                        "reason": .string(reason.rawValue), "until": .string(emergency.endsAt.text),
                    ]
                ).about(patient.unique), by: permit, in: clinic)
            Outbox.record(EmergencyOpened(emergency: emergency), in: clinic)
            leaveNotice(of: emergency, after: permit.tenant.configuration.access, in: clinic)
            return Created(emergency, at: EmergencyAccess.path(of: emergency.id))
        }
    }

    /// The patient hears of it when the clinic's own people have had time to look into it.
    private func leaveNotice(
        of emergency: EmergencyAccess, after policy: AccessConfiguration, in clinic: borrowing Transaction
    ) {
        guard policy.emergencyNoticeHours > 0 else { return }
        let moment = emergency.beganAt + .seconds(3600 * policy.emergencyNoticeHours)
        JobQueue.enqueue(
            TellOfEmergency(of: emergency.id), key: emergency.id.text, notBefore: moment, in: clinic)
    }

    /// Of one person's one after the other, so that two at once are not both the last that may be.
    private func check(_ permit: Permit<OpenInEmergency>, in clinic: borrowing Transaction) async throws {
        let tenant = clinic.tenant, person = permit.caller.id
        clinic.lock([Int64(bitPattern: person.low)])
        let _: ID<Patient> = try await clinic.found(Patient.known(patient, in: tenant))
        let overdue: Int64? = try await clinic.row(
            EmergencyAccess.overdue(of: person, at: permit.now, in: tenant))
        guard (overdue ?? 0) <= EmergencyAccess.mostOverdue else {
            throw Problem.refused(
                """
                Emergencies of yours wait for a review that is overdue. Until somebody has looked at them you cannot open \
                another record.
                """)
        }
        let open: EmergencyAccess? = try await clinic.row(
            EmergencyAccess.open(of: person, patient, at: permit.now, in: tenant))
        guard open == nil else { throw Problem.conflict("You have this record open already.") }
    }

    private func emergency(by permit: Permit<OpenInEmergency>) throws -> EmergencyAccess {
        guard let staff = permit.caller.staffMember, let role = permit.rights.first?.role else {
            throw Problem.notAllowed
        }
        let minutes = permit.tenant.configuration.access.emergencyMinutes
        let zone = permit.tenant.locations.first?.zone ?? .utc
        return EmergencyAccess(
            id: .random(at: permit.now), staff: staff, role: role.text, patient: patient, reason: reason,
            words: words, beganAt: permit.now, endsAt: permit.now + .seconds(60 * minutes),
            reviewDueAt: ReviewDeadline.after(permit.now, in: zone))
    }
}
