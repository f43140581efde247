public import Access
import Database
public import EndpointKit
import Identity
import JSON
public import Reception
import Roles
import Shapes
import Tenancy
import Vocabulary

/// Lets somebody of the platform in.
public struct OpenSupport: Endpoint {
    /// `POST /v1/support-grants`
    public static let route = Route.post("/v1/support-grants")
    /// What it does.
    public static let summary = "Let somebody of the platform in, to look at how the clinic is set up."
    /// What a caller must know.
    public static let details = """
        They are named by the mail address that they give support from, and sign in at the clinic's own address, by a code that is \
        sent there. They see what the areas name and nothing of any patient: of appointments only that somebody comes. They change \
        nothing; with `may_write`, working hours, what messages say, and jobs that were given up. They never give roles or keys, \
        change who can sign in, or open a record. Everything they do stands in the trail as the platform's, on behalf of the \
        clinic. It is over after two hours at the latest.
        """
    /// Whoever runs the clinic, and has just proven who they are.
    public static let access = Access<Fresh<Permit<LetSupportIn>>>.permitted()
    /// Support is asked for now and then.
    public static let limit = Limit.perCaller(20, per: .seconds(3600))
    /// Who let whom in, to what, and why.
    public static let audit = Audit.changes("support_grant")
    /// They may be in already.
    public static let problems: [ProblemCode] = [.conflict, .stepUpRequired]

    @In(.body, "Whom, by the mail address that they give support from.", .length(3...254)) var agent: String
    @In(.body, "What they may look at.", .count(1...5)) var areas: [SupportArea]
    @In(.body, "Whether they may also change some of it.") var mayWrite = false
    @In(.body, "For how many minutes.", .within(SupportGrant.minutes)) var minutes = SupportGrant.usualMinutes
    @In(.body, "Why, in words.", .length(15...500), .notBlank) var reason: String

    /// Inputs still empty.
    public init() {}

    /// Opened, recorded, told of and sure to end, or none of it.
    public func respond(to fresh: Fresh<Permit<LetSupportIn>>) async throws -> Created<SupportGrant> {
        let permit = fresh.request
        guard let giver = permit.caller.staffMember else { throw Problem.notAllowed }
        return try await permit.write { clinic in
            let known: KnownAgent? = try await clinic.row(KnownAgent.having(agent.lowercased()))
            guard let known else { throw Self.unknown }
            // Of one of them one after the other, so that two at once are not both the only one.
            clinic.lock([Int64(bitPattern: known.id.unique.low)])
            let open: [SupportGrant] = try await clinic.rows(
                SupportGrant.open(for: known.id, at: permit.now, in: clinic.tenant))
            guard open.isEmpty else { throw Problem.conflict("They may come in already.") }
            let grant = grant(to: known, by: giver, at: permit.now)
            grant.open(in: clinic)
            let event = AuditEvent(
                act: "support.open", of: "support_grant", grant.id.unique,
                detail: ["agent": .string(known.id.unique.uuidText), "until": .string(grant.endsAt.text)])
            AuditTrail.record(event, by: permit, in: clinic)
            return Created(grant, at: SupportGrant.path(of: grant.id))
        }
    }

    private func grant(to agent: KnownAgent, by giver: ID<StaffMember>, at now: Instant) -> SupportGrant {
        SupportGrant(
            id: .random(at: now), agent: agent.id, agentName: agent.name, givenBy: giver,
            areas: SupportArea.allCases.filter(areas.contains),
            mayWrite: mayWrite, reason: reason, beganAt: now, endsAt: now + .seconds(60 * minutes))
    }

    private static var unknown: Problem {
        .invalidInput([
            Complaint(
                pointer: "/agent", code: "unknown",
                detail: "must be the address of somebody who gives support")
        ])
    }
}
