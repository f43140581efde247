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

/// Lets somebody no longer answer for a patient.
public struct EndGuardianship: Endpoint {
    /// `DELETE /v1/patients/{patient}/guardians/{guardianship}`
    public static let route = Route.delete("/v1/patients/{patient}/guardians/{guardianship}")
    /// What it does.
    public static let summary = "Let somebody no longer answer for a patient."
    /// What a caller must know.
    public static let details = """
        That they did, and who ended it, stays known. For a child the clinic ends it, and nobody else.
        """
    /// Whoever keeps who the patient is, and patients of age for themselves.
    public static let access = Access<Permit<SetGuardians>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who ended it is kept.
    public static let audit = Audit.writes("guardianship")
    /// It may be over.
    public static let problems: [ProblemCode] = [.notFound, .notAllowed]

    @In(.path, "The patient.") var patient: ID<Patient>
    @In(.path, "The guardianship.") var guardianship: ID<Guardianship>

    /// Inputs still empty.
    public init() {}

    /// That they did stays known.
    public func respond(to permit: Permit<SetGuardians>) async throws -> NoContent {
        try await permit.write { clinic in
            let isReached: Bool? = try await clinic.row(
                Patient.isReached(patient, within: permit.reach, in: clinic.tenant))
            guard isReached == true else { throw Problem.notFound }
            let born: Day = try await clinic.found(Guardianship.birthDate(of: patient, in: clinic.tenant))
            try permit.mustSayWhoAnswers(forOneBorn: born)
            let ended: Guardianship = try await clinic.found(
                Guardianship.end(
                    guardianship, of: patient, by: permit.caller.id, at: permit.now, in: clinic.tenant))
            let event = AuditEvent(
                SetGuardians.permission, of: "guardianship", patient.unique,
                detail: ["removed": .string(ended.guardian.text)])
            AuditTrail.record(event.about(patient.unique), by: permit, in: clinic)
            return NoContent()
        }
    }
}
