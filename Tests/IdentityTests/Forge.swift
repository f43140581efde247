import Crypto
import Identity
import Tenancy
import Vocabulary

/// Makes tokens as we do, and as others would like to.
struct Forge {
    static let issuer = "https://clinics.example"
    static let now = Instant(seconds: 1_800_000_000)

    let key: SigningKey
    let issuing: IssuingKey
    let ring: KeyRing
    let tenant = ID<Tenant>(UniqueID(high: 1, low: 1))
    let staffMember = ID<StaffMember>(UniqueID(high: 2, low: 2))
    let session = ID<Session>(UniqueID(high: 3, low: 3))
    let id = ID<AccessToken>(UniqueID(high: 4, low: 4))

    init() {
        key = SigningKey()
        issuing = IssuingKey(key)
        ring = KeyRing([KeyRing.Entry(key.verifyingKey, retiresAt: nil)])
    }

    var content: AccessToken {
        AccessToken(
            id: id, tenant: tenant, person: Person(staffMember), session: session, issuedAt: Self.now,
            lifetime: .seconds(3600))
    }

    var honest: String { content.text(issuer: Self.issuer, signedBy: issuing) }

    var header: String { #"{"alg":"EdDSA","typ":"at+jwt","kid":"\#(issuing.id.text)"}"# }

    var claims: String {
        #"{"iss":"\#(Self.issuer)","aud":"\#(tenant)","sub":"\#(staffMember)","sid":"\#(session)","#
            + #""jti":"\#(id)","iat":1800000000,"exp":1800003600}"#
    }

    /// Header and claims as given, signed by `signer` or by our own key.
    func token(header: String? = nil, claims: String? = nil, signer: SigningKey? = nil) -> String {
        let signed = Self.base64(header ?? self.header) + "." + Self.base64(claims ?? self.claims)
        let signature = (signer ?? key).signature(of: Array(signed.utf8))
        return signed + "." + Base64URL.text(of: signature)
    }

    static func base64(_ text: String) -> String {
        Base64URL.text(of: Array(text.utf8))
    }

    /// Why the token is refused; nil when it is accepted.
    func flaw(of token: String, keys: KeyRing? = nil, issuer: String = issuer, at now: Instant = now)
        -> TokenFlaw?
    {
        do {
            _ = try AccessToken(verifying: token.utf8, keys: keys ?? ring, issuer: issuer, at: now)
            return nil
        } catch {
            return error
        }
    }
}
