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

/// Says that guardians of a patient agree again.
public struct SettleGuardians: Endpoint {
    /// `DELETE /v1/patients/{patient}/guardian-conflict`
    public static let route = Route.delete("/v1/patients/{patient}/guardian-conflict")
    /// What it does.
    public static let summary = "Say that a conflict of those who answer for a patient is settled."
    /// What a caller must know.
    public static let details = """
        From then on each of them may again do what their categories allow. Where there is no conflict nothing is settled: not found.
        """
    /// Whoever keeps who the patient is: nobody settles their own conflict.
    public static let access = Access<Permit<SettleConflicts>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who said so is kept.
    public static let audit = Audit.writes("guardianship")
    /// There may be none.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The patient.") var patient: ID<Patient>

    /// Inputs still empty.
    public init() {}

    /// Where there is none nothing is settled.
    public func respond(to permit: Permit<SettleConflicts>) async throws -> NoContent {
        try await permit.write { clinic in
            guard try await clinic.run(Guardianship.settle(of: patient, in: clinic.tenant)) > 0 else {
                throw Problem.notFound
            }
            AuditTrail.record(
                AuditEvent(
                    SettleConflicts.permission, of: "guardianship", patient.unique,
                    detail: ["settled": true]), by: permit, in: clinic)
            return NoContent()
        }
    }
}
