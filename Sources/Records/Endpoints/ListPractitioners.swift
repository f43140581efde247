public import Access
import Database
public import EndpointKit
import Shapes
import Tenancy
import Vocabulary

/// Lists who can be booked.
public struct ListPractitioners: Endpoint {
    /// `GET /v1/practitioners`
    public static let route = Route.get("/v1/practitioners")
    /// What it does.
    public static let summary = "List the practitioners who can be booked, with their weekly hours."
    /// Whoever may read the time table.
    public static let access = Access<Permit<SeePractitioners>>.permitted()
    /// Generous.
    public static let limit = Limit.perCaller(600, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent

    @In(.query, "How many to give at most.", .within(1...200)) var limit = 50
    @In(.query, "The `next` of the page before.") var cursor: Cursor?

    /// Inputs still empty.
    public init() {}

    /// One practitioner further than asked for, to know whether there is more.
    public func respond(to permit: Permit<SeePractitioners>) async throws -> Page<Practitioner> {
        let last = cursor.flatMap { ID<Practitioner>(text: $0.position) } ?? ID(UniqueID(high: 0, low: 0))
        let found: [Practitioner] = try await permit.clinic.rows(
            Practitioner.page(after: last, limit: limit + 1, in: permit.tenant.id))
        guard found.count > limit, let last = found.dropLast().last else { return Page(found) }
        return Page(found.dropLast(), next: Cursor(last.id.text))
    }
}
