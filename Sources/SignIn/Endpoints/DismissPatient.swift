public import Access
import Database
public import EndpointKit
import Identity
public import Reception
import Records
import Shapes
import Vocabulary

/// Signs a patient out everywhere.
public struct DismissPatient: Endpoint {
    /// `POST /v1/patients/{patient}/sessions/revoke-all`
    public static let route = Route.post("/v1/patients/{patient}/sessions/revoke-all")
    /// What it does.
    public static let summary = "Sign a patient out on all their devices."
    /// What a caller must know.
    public static let details = "Their tokens open nothing within seconds. They may sign in again."
    /// Whoever looks after patients' data.
    public static let access = Access<Fresh<Permit<DismissPatients>>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who did it to whom is kept.
    public static let audit = Audit.writes("patient")
    /// Leaving twice is leaving.
    public static let idempotency = Idempotency.none
    /// They may not be of this clinic.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The patient.") var patient: ID<Patient>

    /// Inputs still empty.
    public init() {}

    /// As for staff.
    public func respond(to fresh: Fresh<Permit<DismissPatients>>) async throws -> EndedSessions {
        let permit = fresh.request
        return try await permit.clinic.write { clinic in
            try await Dismissal(of: Person(.patient, patient.unique)).carryOut(
                permit, of: "patient", in: clinic)
        }
    }
}
