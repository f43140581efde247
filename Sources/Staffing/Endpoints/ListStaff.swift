public import Access
import Database
public import EndpointKit
import Identity
import Shapes
import Tenancy
import Vocabulary

/// Lists who works here, and as what.
public struct ListStaff: Endpoint {
    /// `GET /v1/staff`
    public static let route = Route.get("/v1/staff")
    /// What it does.
    public static let summary = "List who works here and as what, in the order in which they came."
    /// Whoever may see who works here.
    public static let access = Access<Permit<SeeStaff>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent

    @In(.query, "How many to give at most.", .within(1...200)) var limit = 50
    @In(.query, "The `next` of the page before.") var cursor: Cursor?

    /// Inputs still empty.
    public init() {}

    /// One person further than asked for, to know whether there is more.
    public func respond(to permit: Permit<SeeStaff>) async throws -> Page<Colleague> {
        let last = cursor.flatMap { ID<StaffMember>(text: $0.position) } ?? ID(UniqueID(high: 0, low: 0))
        let lines: [ColleagueLine] = try await permit.clinic.rows(
            Colleague.page(after: last, limit: limit + 1, within: permit.locations, in: permit.tenant.id))
        let found = Colleague.gather(lines)
        guard found.count > limit, let last = found.dropLast().last else { return Page(found) }
        return Page(found.dropLast(), next: Cursor(last.id.text))
    }
}
