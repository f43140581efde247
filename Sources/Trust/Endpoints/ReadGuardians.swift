public import Access
import Database
public import EndpointKit
import Records
import Shapes
import Tenancy
import Vocabulary

/// Reads who answers for a patient.
public struct ReadGuardians: Endpoint {
    /// `GET /v1/patients/{patient}/guardians`
    public static let route = Route.get("/v1/patients/{patient}/guardians")
    /// What it does.
    public static let summary = "Read who answers for a patient, for what and until when."
    /// Whoever may read who the patient is.
    public static let access = Access<Permit<SeeGuardians>>.permitted()
    /// Generous.
    public static let limit = Limit.perCaller(600, per: .seconds(60))
    /// Who looked at whom is kept.
    public static let audit = Audit.reads("guardianship")

    @In(.path, "The patient.") var patient: ID<Patient>

    /// Inputs still empty.
    public init() {}

    /// A patient of another clinic, or whom the caller does not reach, is not there.
    public func respond(to permit: Permit<SeeGuardians>) async throws -> Guardians {
        let event = AuditEvent(SeeGuardians.permission, of: "guardianship", patient.unique)
        let ward: ID<Patient> = try await permit.found(
            Patient.reached(patient, within: permit.reach, in: permit.tenant.id),
            recording: event.about(patient.unique))
        let guardians: [Guardianship] = try await permit.clinic.rows(
            Guardianship.all(of: ward, at: permit.now, in: permit.tenant.id))
        return Guardians(ward: ward, guardians: guardians)
    }
}
