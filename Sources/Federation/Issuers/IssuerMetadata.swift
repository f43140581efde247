import JSON

/// What an issuer says of itself (OpenID Connect Discovery, 3), as far as it is needed here.
struct IssuerMetadata: Equatable, Sendable {
    let authorizationEndpoint: String
    let tokenEndpoint: String
    let keysAddress: String
    /// Whether the secret goes into the form because the field is not taken.
    let takesSecretInForm: Bool
    /// Whether it says in each answer who answers (RFC 9207): then one without a word is another's.
    let namesItself: Bool

    /// Nil for a document that is another issuer's, or leads where nobody should go.
    init?(_ bytes: [UInt8], of issuer: String, mayBePlain: Bool) {
        guard let json = try? JSON(parsing: bytes), json["issuer"]?.stringValue == issuer,
            let authorization = Self.address(json["authorization_endpoint"], mayBePlain),
            let token = Self.address(json["token_endpoint"], mayBePlain),
            let keys = Self.address(json["jwks_uri"], mayBePlain)
        else { return nil }
        (authorizationEndpoint, tokenEndpoint, keysAddress) = (authorization, token, keys)
        let methods = json["token_endpoint_auth_methods_supported"]?.arrayValue?.compactMap(\.stringValue)
        takesSecretInForm =
            methods.map { !$0.contains("client_secret_basic") && $0.contains("client_secret_post") } ?? false
        namesItself = json["authorization_response_iss_parameter_supported"]?.boolValue ?? false
    }

    private static func address(_ json: JSON?, _ mayBePlain: Bool) -> String? {
        guard let text = json?.stringValue, let address = WebAddress(text) else { return nil }
        return address.scheme == "https" || (mayBePlain && address.scheme == "http") ? text : nil
    }
}
