public import Access
import Database
public import EndpointKit
import Identity
import JSON
import Reception
import Records
import Shapes
import Tenancy
import Vocabulary

/// Says that guardians of a patient do not agree.
public struct ContestGuardians: Endpoint {
    /// `POST /v1/patients/{patient}/guardian-conflict`
    public static let route = Route.post("/v1/patients/{patient}/guardian-conflict")
    /// What it does.
    public static let summary = "Say that those who answer for a patient do not agree."
    /// What a caller must know.
    public static let details = """
        Until the clinic has settled it all of them look and none of them changes anything: appointments are then made by \
        calling the clinic.
        """
    /// Whoever answers for the patient, and whoever keeps who they are.
    public static let access = Access<Permit<ObjectToGuardians>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(10, per: .seconds(60))
    /// Who said so is kept.
    public static let audit = Audit.writes("guardianship")
    /// They may not answer for anybody here.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The patient.") var patient: ID<Patient>
    @In(.body, "What they do not agree about, for the clinic.", .length(3...500), .notBlank) var words: String

    /// Inputs still empty.
    public init() {}

    /// Said twice is said. Of one patient's one after the other, so that nobody who is added meanwhile is
    /// left out.
    public func respond(to permit: Permit<ObjectToGuardians>) async throws -> Guardians {
        try await permit.write { clinic in
            let tenant = clinic.tenant
            clinic.lock([Int64(bitPattern: patient.unique.low)])
            let isReached: Bool? = try await clinic.row(
                Patient.isReached(patient, within: permit.reach, in: tenant))
            guard isReached == true else { throw Problem.notFound }
            clinic.queue(Guardianship.contest(of: patient, by: permit.caller.id, at: permit.now, in: tenant))
            let event = AuditEvent(
                ObjectToGuardians.permission, of: "guardianship", patient.unique,
                detail: ["contested": .string(words)])
            AuditTrail.record(event.about(patient.unique), by: permit, in: clinic)
            let guardians: [Guardianship] = try await clinic.rows(
                Guardianship.all(of: patient, at: permit.now, in: tenant))
            return Guardians(ward: patient, guardians: guardians)
        }
    }
}
