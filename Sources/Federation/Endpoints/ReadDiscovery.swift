public import EndpointKit
public import Reception
public import Shapes
public import Tenancy
import Vocabulary

/// Tells programs what they need to know of the clinic as an OpenID provider.
public struct ReadDiscovery: Endpoint {
    /// Where OpenID Connect Discovery has everyone look.
    public static let route = Route.get("/.well-known/openid-configuration")
    /// What it does.
    public static let summary = "Read how programs sign people in by this clinic (OpenID Connect Discovery)."
    /// What a caller must know.
    public static let details =
        "The issuer is the clinic's own address, whatever other domain it is asked at."
    /// Programs have no token yet.
    public static let access = Access<Equipped<TenantRequest, FederationParts>>(.anyone)
    /// Programs keep it.
    public static let limit = Limit.perAddress(120, per: .seconds(60))
    /// It is public.
    public static let audit = Audit.silent

    /// No inputs.
    public init() {}

    /// The same for every program.
    public func respond(to equipped: Equipped<TenantRequest, FederationParts>) async throws
        -> DiscoveryDocument
    {
        DiscoveryDocument(issuer: equipped.tool.issuer(equipped.request.tenant.slug))
    }
}

/// What OpenID Connect Discovery, RFC 8414 and RFC 9207 call these things.
public struct DiscoveryDocument: Output {
    let issuer: String

    /// The document's members.
    public static let shape = OutputShape<DiscoveryDocument> {
        Out("issuer", "The clinic as an issuer.", example: "https://sunrise.example.org") { $0.issuer }
        Out("authorization_endpoint", "Where people are sent.") { $0.issuer + "/oauth/authorize" }
        Out("token_endpoint", "Where codes are changed for tokens.") { $0.issuer + "/oauth/token" }
        Out("userinfo_endpoint", "Where a person can be known.") { $0.issuer + "/oauth/userinfo" }
        Out("revocation_endpoint", "Where tokens are given back.") { $0.issuer + "/oauth/revoke" }
        Out("end_session_endpoint", "Where people are sent to sign out.") { $0.issuer + "/oauth/logout" }
        Out("jwks_uri", "Where the keys are.") { $0.issuer + "/.well-known/jwks.json" }
        Out("scopes_supported", "What can be known.") { _ in OpenIDScope.allCases }
        Out("response_types_supported", "The code flow alone.") { _ in ["code"] }
        Out("response_modes_supported", "In the query.") { _ in ["query"] }
        Out("grant_types_supported", "What tokens are given for.") { _ in
            ["authorization_code", "refresh_token"]
        }
        Out("subject_types_supported", "One name of a person for all programs of the clinic.") { _ in
            ["public"]
        }
        Out("id_token_signing_alg_values_supported", "What ID tokens are signed with.") { _ in
            TokenAlgorithm.allCases
        }
        Out("token_endpoint_auth_methods_supported", "How programs prove themselves.") { _ in
            ["client_secret_basic", "client_secret_post", "none"]
        }
        Out("code_challenge_methods_supported", "PKCE, of every program.") { _ in ["S256"] }
        Out("claims_supported", "What tokens and `/oauth/userinfo` say.") { _ in
            [
                "iss", "aud", "sub", "sid", "iat", "exp", "auth_time", "amr", "nonce", "name", "locale",
                "email",
                "email_verified", "phone_number", "phone_number_verified",
            ]
        }
        Out("prompt_values_supported", "How people can be met.") { _ in
            AuthorizationWish.Prompt.allCases.map(\.rawValue)
        }
        Out("authorization_response_iss_parameter_supported", "RFC 9207.") { _ in true }
        Out("request_parameter_supported", "Plain parameters alone.") { _ in false }
        Out("request_uri_parameter_supported", "Plain parameters alone.") { _ in false }
        Out("claims_parameter_supported", "Scopes alone.") { _ in false }
    }
}
