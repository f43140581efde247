public import Access
public import EndpointKit
import Database
import Shapes
import Tenancy
import Vocabulary

/// Reads in whose care a patient is.
public struct ReadCareTeam: Endpoint {
    /// `GET /v1/patients/{patient}/care-team`
    public static let route = Route.get("/v1/patients/{patient}/care-team")
    /// What it does.
    public static let summary = "Read who is on a patient's care team."
    /// What a caller must know.
    public static let details = """
        A patient is in the care of everybody on the team, and of whoever they have been booked with: from the visit on, and \
        for thirty days after it. Roles that extend to patients in one's care extend to these.
        """
    /// Whoever may read who the patient is.
    public static let access = Access<Permit<SeeCareTeam>>.permitted()
    /// Generous.
    public static let limit = Limit.perCaller(600, per: .seconds(60))
    /// Who looked at whom is kept.
    public static let audit = Audit.reads("care_team")

    @In(.path, "The patient.") var patient: ID<Patient>

    /// Inputs still empty.
    public init() {}

    /// A patient of another clinic, or whom the caller does not reach, is not there.
    public func respond(to permit: Permit<SeeCareTeam>) async throws -> CareTeam {
        let found: ID<Patient> = try await permit.found(
            Patient.reached(patient, within: permit.reach, in: permit.tenant.id),
            recording: AuditEvent(SeeCareTeam.permission, of: "care_team", patient.unique)
                .about(patient.unique))
        let members: [CareTeamMember] = try await permit.clinic.rows(
            CareTeamMember.all(of: found, at: permit.now, in: permit.tenant.id))
        return CareTeam(patient: found, members: members)
    }
}
