public import Access
import Database
public import EndpointKit
public import Identity
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Lists by which keys programs may call, or might.
public struct ListAPIKeys: Endpoint {
    /// `GET /v1/api-keys`
    public static let route = Route.get("/v1/api-keys")
    /// What it does.
    public static let summary = "List the clinic's keys for programs, ended ones too, the latest first."
    /// Whoever may see who may do what.
    public static let access = Access<Permit<SeeAPIKeys>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent

    @In(.query, "How many to give at most.", .within(1...200)) var limit = 50
    @In(.query, "The `next` of the page before.") var cursor: Cursor?

    /// Inputs still empty.
    public init() {}

    /// One further than asked for, to know whether there is more.
    public func respond(to permit: Permit<SeeAPIKeys>) async throws -> Page<APIKey> {
        let last = cursor.flatMap { ID<APIKey>(text: $0.position) }
        let found: [APIKey] = try await permit.clinic.rows(
            APIKey.page(before: last, limit: limit + 1, in: permit.tenant.id))
        guard found.count > limit, let last = found.dropLast().last else { return Page(found) }
        return Page(found.dropLast(), next: Cursor(last.id.text))
    }
}
