public import Access
import Database
public import EndpointKit
import Reception
import Shapes
import Tenancy

/// Lists legal holds.
public struct ListHolds: Endpoint {
    /// `GET /v1/audit/holds`
    public static let route = Route.get("/v1/audit/holds")
    /// What it does.
    public static let summary = "List legal holds, those that were lifted too, the latest first."
    /// The clinic's auditors.
    public static let access = Access<Permit<SeeHolds>>.permitted()
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent

    /// No inputs.
    public init() {}

    /// There are few.
    public func respond(to permit: Permit<SeeHolds>) async throws -> Page<LegalHold> {
        Page(try await permit.clinic.rows(LegalHold.all(in: permit.tenant.id)))
    }
}
