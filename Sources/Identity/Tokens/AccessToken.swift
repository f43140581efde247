import Crypto
import JSON
public import Tenancy
public import Vocabulary

/// What a sign-in gives out: for a short while it proves who is calling, at one clinic (RFC 9068).
public struct AccessToken: Hashable, Sendable, Identified {
    /// `tok_…`
    public static let idPrefix: StaticString = "tok"
    /// Ours have some 400 bytes; what is larger is not read.
    public static let bytesMax = 2048
    /// No token of ours lives longer, so one that claims to is not ours.
    public static let lifetimeMax = Duration.seconds(24 * 3600)
    /// How far two of our machines' clocks may differ.
    static let clockSkew = Duration.seconds(60)

    /// This token's own id.
    public let id: ID<AccessToken>
    /// The clinic at which it counts.
    public let tenant: ID<Tenant>
    /// Whom it stands for.
    public let person: Person
    /// The sign-in it came from; ending that ends it.
    public let session: ID<Session>
    /// When it was given out, to the second.
    public let issuedAt: Instant
    /// When it stops counting, to the second.
    public let expiresAt: Instant

    /// A token's content, its times cut to whole seconds.
    public init(
        id: ID<AccessToken>, tenant: ID<Tenant>, person: Person, session: ID<Session>,
        issuedAt: Instant, lifetime: Duration
    ) {
        (self.id, self.tenant, self.person, self.session) = (id, tenant, person, session)
        self.issuedAt = Instant(seconds: issuedAt.seconds)
        expiresAt = Instant(seconds: (issuedAt + min(lifetime, Self.lifetimeMax)).seconds)
    }

    /// The token as it travels: header, claims and signature.
    public func text(issuer: String, signedBy key: IssuingKey) -> String {
        var header = JSONWriter(capacity: 96)
        header.object { header in
            header.member("alg", "EdDSA")
            header.member("typ", "at+jwt")
            header.member("kid", key.id.text)
        }
        let signed =
            Base64URL.encode(header.bytes) + [UInt8(ascii: ".")] + Base64URL.encode(claims(issuer: issuer))
        let signature = Base64URL.encode(key.signingKey.signature(of: signed))
        return String(decoding: signed + [UInt8(ascii: ".")] + signature, as: UTF8.self)
    }

    private func claims(issuer: String) -> [UInt8] {
        var claims = JSONWriter(capacity: 320)
        claims.object { claims in
            claims.member("iss", issuer)
            claims.member("aud", tenant.text)
            claims.member("sub", person.text)
            claims.member("sid", session.text)
            claims.member("jti", id.text)
            claims.member("iat", issuedAt.seconds)
            claims.member("exp", expiresAt.seconds)
        }
        return claims.bytes
    }
}
