public import Access
import Database
public import EndpointKit
import Roles
public import Shapes
import Tenancy
import Vocabulary

/// Tells what every role allows.
public struct ListRoles: Endpoint {
    /// `GET /v1/roles`
    public static let route = Route.get("/v1/roles")
    /// What it does.
    public static let summary = "Tell what each role allows: the built-in ones and the clinic's own."
    /// What a caller must know.
    public static let details = """
        What is not written is denied. A right counts only at an operation that can tell whose things it is about and leave \
        out what the right leaves out: each operation says so in `x-reaches` and `x-honoured-limits`.
        """
    /// Whoever may see who works here.
    public static let access = Access<Permit<SeeStaff>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any person.
    public static let audit = Audit.silent

    /// Inputs still empty.
    public init() {}

    /// One read; the built-in ones are the program's, and so are those of the clinic's plugins.
    public func respond(to permit: Permit<SeeStaff>) async throws -> RoleList {
        let own: [OwnRole] = try await permit.clinic.rows(OwnRole.live(in: permit.tenant.id))
        return RoleList(
            matrix: MatrixDocument(with: permit.tenant.plugins), own: own.map { $0.shown(at: permit.tenant) })
    }
}

/// Every role that there is at a clinic.
public struct RoleList: Output {
    let matrix: MatrixDocument
    let own: [OwnRole]

    /// The answer's members.
    public static let shape = OutputShape<RoleList> {
        Out("built_in", "The matrix of the built-in roles, and what the clinic's plugins add to it.") {
            $0.matrix
        }
        Out("own", "The clinic's own roles.") { $0.own }
    }
}
