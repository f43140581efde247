public import Access
import Database
public import EndpointKit
import Identity
import JSON
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Puts somebody on a patient's care team.
public struct AddToCareTeam: Endpoint {
    /// `POST /v1/patients/{patient}/care-team`
    public static let route = Route.post("/v1/patients/{patient}/care-team")
    /// What it does.
    public static let summary = "Put somebody on a patient's care team, perhaps until a day."
    /// What a caller must know.
    public static let details = "Nobody puts themselves on a team: it would open every record to them."
    /// Whoever keeps who the patient is.
    public static let access = Access<Permit<SetCareTeam>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(60, per: .seconds(60))
    /// Who put whom on it is kept.
    public static let audit = Audit.writes("care_team")
    /// They may be on it already.
    public static let problems: [ProblemCode] = [.notFound, .conflict, .notAllowed]

    @In(.path, "The patient.") var patient: ID<Patient>
    @In(.body, "Who is to be on it.") var staff: ID<StaffMember>
    @In(.body, "From when; now when it is not sent.") var since: Instant?
    @In(.body, "Until when; until somebody takes them off when it is not sent.") var until: Instant?

    /// Inputs still empty.
    public init() {}

    /// Two who put the same person on it do so one after the other.
    public func respond(to permit: Permit<SetCareTeam>) async throws -> Created<CareTeamMember> {
        let member = try newMember(permit)
        return try await permit.write { clinic in
            let tenant = clinic.tenant
            clinic.lock([Int64(bitPattern: patient.unique.low)])
            let isReached: Bool? = try await clinic.row(
                Patient.isReached(patient, within: permit.reach, in: tenant))
            guard isReached == true else { throw Problem.notFound }
            let others: [CareTeamMember] = try await clinic.rows(
                CareTeamMember.all(of: patient, at: permit.now, in: tenant))
            guard !others.contains(where: { $0.staff == staff }) else {
                throw Problem.conflict("They are on the team already.")
            }
            guard others.count < CareTeamMember.most else {
                throw Problem.conflict("A care team has \(CareTeamMember.most) members at most.")
            }
            guard try await clinic.run(member.insert(for: patient, in: tenant)) == 1 else {
                throw Problem.invalidInput([
                    Complaint(pointer: "/staff", code: "unknown", detail: "works here no more, or never did")
                ])
            }
            AuditTrail.record(
                AuditEvent(
                    SetCareTeam.permission, of: "care_team", patient.unique,
                    detail: ["added": .string(staff.text)]), by: permit, in: clinic)
            return Created(member, at: Patient.path(of: patient) + "/care-team")
        }
    }

    private func newMember(_ permit: Permit<SetCareTeam>) throws -> CareTeamMember {
        guard let adder = permit.caller.staffMember, adder != staff else {
            throw Problem(.notAllowed, "Nobody puts themselves on a care team.")
        }
        let since = max(since ?? permit.now, permit.now)
        guard until.map({ $0 > since }) ?? true else {
            throw Problem.invalidInput([
                Complaint(pointer: "/until", code: "wrong_order", detail: "must be after it begins")
            ])
        }
        return CareTeamMember(
            id: .random(at: permit.now), staff: staff, since: since, until: until, addedBy: adder)
    }
}
