import Database
public import EndpointKit
import Reception
public import Shapes
public import Tenancy
import Vocabulary

/// Lists the houses by whose word staff can come in.
public struct ListOpenIssuers: Endpoint {
    /// `GET /v1/auth/providers`
    public static let route = Route.get("/v1/auth/providers")
    /// What it does.
    public static let summary = "List the OpenID providers by which staff can sign in here."
    /// Whoever wants to sign in.
    public static let access = Access<TenantRequest>(.anyone)
    /// A page that is reloaded, not a loop.
    public static let limit = Limit.perAddress(600, per: .seconds(900))
    /// It tells nothing about anybody.
    public static let audit = Audit.silent

    /// No inputs.
    public init() {}

    /// What a sign-in page needs, and no more.
    public func respond(to request: TenantRequest) async throws -> Page<OpenIssuer> {
        let issuers: [TrustedIssuer] = try await request.clinic.rows(
            TrustedIssuer.open(in: request.tenant.id))
        return Page(issuers.map(OpenIssuer.init))
    }
}

/// A provider, as somebody sees it who wants to come in.
public struct OpenIssuer: Output {
    let issuer: TrustedIssuer

    init(_ issuer: TrustedIssuer) { self.issuer = issuer }

    /// The answer's members.
    public static let shape = OutputShape<OpenIssuer> {
        Out("id", "The provider.") { $0.issuer.id }
        Out("name", "What it is called.", example: "Sunrise Workspace") { $0.issuer.name }
        Out("start", "The path to lead a browser to; it takes `return_to`.") {
            "/v1/auth/providers/\($0.issuer.id.text)/start"
        }
    }
}
