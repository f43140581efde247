public import Access
import Database
public import EndpointKit
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Lists who is invited.
public struct ListInvitations: Endpoint {
    /// `GET /v1/invitations`
    public static let route = Route.get("/v1/invitations")
    /// What it does.
    public static let summary = "List who was invited to work here within a year, the latest first."
    /// Whoever may see who works here.
    public static let access = Access<Permit<SeeInvitations>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent

    @In(.query, "How many to give at most.", .within(1...200)) var limit = 50
    @In(.query, "The `next` of the page before.") var cursor: Cursor?

    /// Inputs still empty.
    public init() {}

    /// One further than asked for, to know whether there is more.
    public func respond(to permit: Permit<SeeInvitations>) async throws -> Page<ShownInvitation> {
        let last = cursor.flatMap { ID<Invitation>(text: $0.position) }, tenant = permit.tenant.id
        let found: [Invitation] = try await permit.clinic.rows(
            Invitation.page(before: last, limit: limit + 1, within: permit.locations, in: tenant))
        let page = Array(found.prefix(limit))
        let lines: [InvitationLine] = try await permit.clinic.rows(
            InvitationLine.all(of: page.map(\.id), in: tenant))
        let next = found.count > limit ? page.last.map { Cursor($0.id.text) } : nil
        return Page(page.with(lines).map { ShownInvitation(invitation: $0, now: permit.now) }, next: next)
    }
}
