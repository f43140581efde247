public import Access
public import EndpointKit
public import Shapes
import Tenancy
import Vocabulary

/// Reads one patient.
public struct ReadPatient: Endpoint {
    /// `GET /v1/patients/{patient}`
    public static let route = Route.get("/v1/patients/{patient}")
    /// What it does.
    public static let summary = "Read a patient."
    /// Whoever may read who a patient is.
    public static let access = Access<Permit<SeePatient>>.permitted()
    /// Generous.
    public static let limit = Limit.perCaller(600, per: .seconds(60))
    /// Who looked at whom is kept.
    public static let audit = Audit.reads("patient")

    @In(.path, "The patient.") var patient: ID<Patient>

    /// Inputs still empty.
    public init() {}

    /// A patient of another clinic, or whom the caller does not reach, is not there.
    public func respond(to permit: Permit<SeePatient>) async throws -> Shown<Patient> {
        let sight = permit.sight(of: Patient.shape)
        let seen: SeenPatient = try await permit.found(
            Patient.withID(patient, within: sight, in: permit.tenant.id),
            recording: AuditEvent(SeePatient.permission, of: "patient", patient.unique)
                .about(patient.unique))
        return seen.shown(by: sight)
    }
}
