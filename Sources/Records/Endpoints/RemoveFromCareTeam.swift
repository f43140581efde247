public import Access
import Database
public import EndpointKit
import Identity
import JSON
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Takes somebody off a patient's care team.
public struct RemoveFromCareTeam: Endpoint {
    /// `DELETE /v1/patients/{patient}/care-team/{member}`
    public static let route = Route.delete("/v1/patients/{patient}/care-team/{member}")
    /// What it does.
    public static let summary = "Take somebody off a patient's care team."
    /// What a caller must know.
    public static let details = "That they were on it, and who took them off, stays known."
    /// Whoever keeps who the patient is.
    public static let access = Access<Permit<SetCareTeam>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(60, per: .seconds(60))
    /// Who took whom off is kept.
    public static let audit = Audit.writes("care_team")
    /// They may not be on it.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "The patient.") var patient: ID<Patient>
    @In(.path, "The membership.") var member: ID<CareTeamMember>

    /// Inputs still empty.
    public init() {}

    /// That they were on it stays known.
    public func respond(to permit: Permit<SetCareTeam>) async throws -> NoContent {
        try await permit.write { clinic in
            let isReached: Bool? = try await clinic.row(
                Patient.isReached(patient, within: permit.reach, in: clinic.tenant))
            guard isReached == true else { throw Problem.notFound }
            let removed: CareTeamMember = try await clinic.found(
                CareTeamMember.remove(
                    member, of: patient, by: permit.caller.id, at: permit.now, in: clinic.tenant))
            AuditTrail.record(
                AuditEvent(
                    SetCareTeam.permission, of: "care_team", patient.unique,
                    detail: ["removed": .string(removed.staff.text)]), by: permit, in: clinic)
            return NoContent()
        }
    }
}
