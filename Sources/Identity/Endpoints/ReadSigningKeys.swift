import Crypto
public import EndpointKit
public import JSON
public import Shapes
public import Tenancy
import Vocabulary

/// Gives the public keys by which anyone can check what we have signed (RFC 7517, RFC 8037).
public struct ReadSigningKeys: Endpoint {
    /// Where RFC 8615 and OpenID Connect have everyone look.
    public static let route = Route.get("/.well-known/jwks.json")
    /// One sentence.
    public static let summary = "Read the public keys that verify access tokens and ID tokens."
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
        let known = try await PublishedKeys.read(from: request.database, at: request.now)
        return PublicKeys(keys: known.entries.map(PublicKey.init))
    }
}

/// A JSON Web Key Set.
public struct PublicKeys: Output {
    let keys: [PublicKey]

    /// The answer's members.
    public static let shape = OutputShape<PublicKeys> {
        Out("keys", "The keys: those of access tokens first, then those of programs' ID tokens.") { $0.keys }
    }
}

/// A JSON Web Key: an Ed25519 public key, or an RSA one. What a key of that kind has not is left out, as
/// readers of key sets expect.
public struct PublicKey: Described {
    let entry: PublishedKeys.Entry

    init(_ entry: PublishedKeys.Entry) { self.entry = entry }

    /// The members of either kind.
    public static var schema: Schema {
        .object(
            [
                .init(
                    "kid", .string().described("Names the key in a token's header: its RFC 7638 thumbprint."),
                    isRequired: true),
                .init("kty", .string().described("`OKP`, or `RSA`."), isRequired: true),
                .init("crv", .string().described("Of `OKP`, the curve: `Ed25519`."), isRequired: false),
                .init(
                    "x", .string().described("Of `OKP`, the public point, in base64url."), isRequired: false),
                .init("n", .string().described("Of `RSA`, the modulus, in base64url."), isRequired: false),
                .init("e", .string().described("Of `RSA`, the exponent, in base64url."), isRequired: false),
                .init("use", .string().described("What it is for: `sig`."), isRequired: true),
                .init(
                    "alg", .string().described("The one algorithm it is used with: `EdDSA`, or `RS256`."),
                    isRequired: true),
            ], name: "PublicKey")
    }

    /// Writes what such a key has.
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("kid", entry.id.text)
            switch entry.key {
            case .edDSA(let key):
                writer.member("kty", "OKP")
                writer.member("crv", "Ed25519")
                writer.member("x", Base64URL.text(of: key.rawBytes))
                writer.member("alg", "EdDSA")
            case .rs256(let modulus, let exponent):
                writer.member("kty", "RSA")
                writer.member("n", Base64URL.text(of: modulus))
                writer.member("e", Base64URL.text(of: exponent))
                writer.member("alg", "RS256")
            case .es256: break
            }
            writer.member("use", "sig")
        }
    }
}
