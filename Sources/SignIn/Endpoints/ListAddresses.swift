import Database
public import EndpointKit
public import Identity
import Shapes
import Tenancy
import Vocabulary

/// Lists where the caller can be reached.
public struct ListAddresses: Endpoint {
    /// `GET /v1/me/addresses`
    public static let route = Route.get("/v1/me/addresses")
    /// What it does.
    public static let summary = "List where I can be reached, and what of it I have proven."
    /// Whoever has signed in.
    public static let access = Access<CallerRequest>.signedIn
    /// A person's clicks.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// One's own addresses are nobody else's data.
    public static let audit = Audit.silent

    /// Nothing to fill.
    public init() {}

    /// One mail address and one number at most.
    public func respond(to request: CallerRequest) async throws -> Page<OwnAddress> {
        guard let person = request.caller.personOfClinic else { return Page([]) }
        let found: OwnAddresses? = try await request.clinic.row(
            OwnAddresses.of(person, in: request.tenant.id))
        return Page(found?.all ?? [])
    }
}
