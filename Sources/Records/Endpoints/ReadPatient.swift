public import Access
public import EndpointKit
import Shapes
import Tenancy
import Vocabulary

/// Reads one patient.
public struct ReadPatient: Endpoint {
    /// `GET /v1/patients/{patient}`
    public static let route = Route.get("/v1/patients/{patient}")
    /// What it does.
    public static let summary = "Read a patient."
    /// Whoever may read who a patient is.
    public static let access = Access<Permit<SeePatients>>.permitted()
    /// Generous.
    public static let limit = Limit.perCaller(600, per: .seconds(60))
    /// Who looked at whom is kept.
    public static let audit = Audit.reads("patient")

    @In(.path, "The patient.") var patient: ID<Patient>

    /// Inputs still empty.
    public init() {}

    /// A patient of another clinic is not there.
    public func respond(to permit: Permit<SeePatients>) async throws -> Patient {
        let found: [Patient] = try await permit.rows(
            Patient.withID(patient, in: permit.tenant.id),
            recording: AuditEvent(SeePatients.permission, of: "patient", patient.unique))
        guard let patient = found.first else { throw Problem.notFound }
        return patient
    }
}
