public import EndpointKit
public import Shapes
public import Tenancy
import Vocabulary

/// Gives the public keys by which anyone can check a token of ours (RFC 7517, RFC 8037).
public struct ReadSigningKeys: Endpoint {
    /// Where RFC 8615 and OpenID Connect have everyone look.
    public static let route = Route.get("/.well-known/jwks.json")
    /// One sentence.
    public static let summary = "Read the public keys that verify access tokens."
    /// Verifiers have no token.
    public static let access = Access<TenantRequest>(.anyone)
    /// Keys change rarely, and verifiers keep them.
    public static let limit = Limit.perAddress(60, per: .seconds(60))
    /// Public keys are public.
    public static let audit = Audit.silent

    /// Nothing to fill.
    public init() {}

    /// Every key that counts now, the coming generation's first token included.
    public func respond(to request: TenantRequest) async throws -> PublicKeys {
        let ring = try await KeyRing.read(from: request.database)
        return PublicKeys(keys: ring.valid(at: request.now).map(PublicKey.init))
    }
}

/// A JSON Web Key Set.
public struct PublicKeys: Output {
    let keys: [PublicKey]

    /// The answer's members.
    public static let shape = OutputShape<PublicKeys> {
        Out("keys", "The keys, in the order of their ids.") { $0.keys }
    }
}

/// A JSON Web Key: an Ed25519 public key.
public struct PublicKey: Output {
    let entry: KeyRing.Entry

    init(_ entry: KeyRing.Entry) { self.entry = entry }

    /// The answer's members.
    public static let shape = OutputShape<PublicKey> {
        Out("kid", "The key's id, which a token's header names: its RFC 7638 thumbprint.") {
            $0.entry.id.text
        }
        Out("kty", "The kind of key.", example: "OKP") { _ in "OKP" }
        Out("crv", "The curve.", example: "Ed25519") { _ in "Ed25519" }
        Out("x", "The public point, in base64url.") { KeyID.point(of: $0.entry.key) }
        Out("use", "What it is for.", example: "sig") { _ in "sig" }
        Out("alg", "The one algorithm it is used with.", example: "EdDSA") { _ in "EdDSA" }
    }
}
