public import Access
import Database
public import EndpointKit
import Shapes
import Tenancy
import Vocabulary

/// Lists whom of the platform the clinic has let in.
public struct ListSupportGrants: Endpoint {
    /// `GET /v1/support-grants`
    public static let route = Route.get("/v1/support-grants")
    /// What it does.
    public static let summary = "List whom of the platform the clinic has let in, the latest first."
    /// What a caller must know.
    public static let details =
        "With `open=true`: who may be in at this moment, to be shown on every page while there is somebody."
    /// Whoever may read the trail of the whole clinic.
    public static let access = Access<Permit<SeeSupport>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It says nothing of any patient, and a page that shows it everywhere asks for it all day.
    public static let audit = Audit.silent

    @In(.query, "Only those by which somebody could come in now.") var open = false
    @In(.query, "How many to give at most.", .within(1...200)) var limit = 50
    @In(.query, "The `next` of the page before.") var cursor: Cursor?

    /// Inputs still empty.
    public init() {}

    /// One further than asked for, to know whether there is more.
    public func respond(to permit: Permit<SeeSupport>) async throws -> Page<SupportGrant> {
        let last = cursor.flatMap { ID<SupportGrant>(text: $0.position) }
        let found: [SupportGrant] = try await permit.clinic.rows(
            SupportGrant.page(
                before: last, onlyOpenAt: open ? permit.now : nil, limit: limit + 1, in: permit.tenant.id))
        guard found.count > limit, let last = found.dropLast().last else { return Page(found) }
        return Page(found.dropLast(), next: Cursor(last.id.text))
    }
}
