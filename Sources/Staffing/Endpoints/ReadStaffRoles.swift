public import Access
import Database
public import EndpointKit
import Identity
import Roles
public import Shapes
import Tenancy
import Vocabulary

/// Reads what somebody was given, and what they may do by it.
public struct ReadStaffRoles: Endpoint {
    /// `GET /v1/staff/{staff}/roles`
    public static let route = Route.get("/v1/staff/{staff}/roles")
    /// What it does.
    public static let summary = "Read the roles of somebody who works here, and what they come to."
    /// Whoever may see who works here.
    public static let access = Access<Permit<SeeStaff>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent
    /// They may not work here.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.path, "Who.") var staff: ID<StaffMember>

    /// Inputs still empty.
    public init() {}

    /// One read.
    public func respond(to permit: Permit<SeeStaff>) async throws -> Standing {
        let lines: [ColleagueLine] = try await permit.clinic.rows(
            Colleague.withID(staff, within: permit.locations, in: permit.tenant.id))
        guard let person = Colleague.gather(lines).first else { throw Problem.notFound }
        let rights = person.standing(at: permit.now, with: permit.tenant.plugins)
        return Standing(person: person, rights: rights.inOrder)
    }
}

/// What somebody is, and what they may do by it.
public struct Standing: Output {
    let person: Colleague
    let rights: [PlacedRight]

    /// The answer's members.
    public static let shape = OutputShape<Standing> {
        Out("person", "Who, and what they were given.") { $0.person }
        Out("rights", "What it comes to now, without what another right covers.") { $0.rights }
    }
}
