import Database
public import EndpointKit
import Roles
public import Shapes
import Tenancy
import Vocabulary

/// Tells a caller who they are here.
public struct WhoAmI: Endpoint {
    /// The caller's own page.
    public static let route = Route.get("/v1/me")
    /// One sentence.
    public static let summary = "Tell me who I am at this clinic."
    /// Whoever has a token; no permission is needed to know oneself.
    public static let access = Access<CallerRequest>.signedIn
    /// Only the server's general limits.
    public static let limit = Limit.none
    /// A caller's own row is nobody else's data.
    public static let audit = Audit.silent

    /// Nothing to fill.
    public init() {}

    /// One read; the roles are those that the request was let in with.
    public func respond(to request: CallerRequest) async throws -> Me {
        guard let row = try await request.clinic.row(Self.read(request), as: Me.Found.self) else {
            throw Problem.signInRequired
        }
        return Me(row, request)
    }
}

/// Who a caller is at a clinic.
public struct Me: Output {
    let id: String
    let kind: String
    let name: String
    let email: String?
    let phone: String?
    let roles: [String]
    let locations: [String]
    let wards: [String]
    let support: SupportStay?
    let clinic: String
    let clinicName: String

    init(_ row: Found, _ request: CallerRequest) {
        (id, kind) = (request.caller.idText, request.caller.kind.rawValue)
        (name, email, phone) = (row.name, row.email, row.phone)
        let given = request.caller.roles.filter { $0.basis == .given || $0.basis == .support }
        roles = given.map(\.role.text)
        locations = given.compactMap { $0.location?.text }
        wards = request.caller.roles.compactMap { role in
            guard case .guardian(_, of: let ward) = role.basis else { return nil }
            return role.until.map { $0 > request.now } == true ? Person(.patient, ward).text : nil
        }
        support = SupportStay(request.caller, of: row.agent)
        (clinic, clinicName) = (request.tenant.slug.text, request.tenant.name)
    }

    /// The answer's members.
    public static let shape = OutputShape<Me> {
        Out(
            "id", "The staff member, the patient, the support grant or the key.",
            example: "stf_01jd3mwqz5e8vsd3yk8yq9p0ra"
        ) { $0.id }
        Out("kind", "`staff`, `patient`, `support` or `integration`.", example: "staff") { $0.kind }
        Out("name", "Their name.", example: "Asha Patil") { $0.name }
        Out("email", "Where mail reaches them.", example: "asha@example.org") { $0.email }
        Out("phone", "Where calls reach them, in E.164.", example: "+919800000000") { $0.phone }
        Out("roles", "What they are here.", example: ["receptionist"]) { $0.roles }
        Out("locations", "The locations their roles are bound to; a role without one holds everywhere.") {
            $0.locations
        }
        Out("wards", "The patients that they answer for.") { $0.wards }
        Out("support", "Of somebody of the platform: by whose word they are here. To be shown on every page.")
        {
            $0.support
        }
        Out("clinic", "The clinic's short name.", example: "sunrise") { $0.clinic }
        Out("clinic_name", "The clinic's name.", example: "Sunrise Family Practice") { $0.clinicName }
    }

    /// The columns of the person's row.
    struct Found: FromRow {
        let name: String
        let email: String?
        let phone: String?
        let agent: UniqueID?

        init(_ row: inout Row) throws {
            (name, email, phone, agent) = (try row.next(), try row.next(), try row.next(), try row.next())
        }
    }
}

/// By whose word somebody of the platform is at a clinic, and until when.
struct SupportStay: Output {
    let grant: String
    let agent: String
    let endsAt: Instant

    /// Nil for everybody else.
    init?(_ caller: Caller, of agent: UniqueID?) {
        guard caller.kind == .support, let agent, let end = caller.roles.first?.until else { return nil }
        (grant, self.agent, endsAt) = (caller.idText, ID<SupportAgent>(agent).text, end)
    }

    static let shape = OutputShape<SupportStay> {
        Out("grant", "The support grant.", example: "spg_01jd3mwqz5e8vsd3yk8yq9p0ra") { $0.grant }
        Out("agent", "Who they are on the platform.", example: "agt_01jd3mwqz5e8vsd3yk8yq9p0ra") { $0.agent }
        Out("ends_at", "When they are out again, at the latest.") { $0.endsAt }
    }
}
