import Crypto
import JSON
import Tenancy
public import Vocabulary

extension AccessToken {
    /// Reads a token and believes nothing of it before its signature is right: the key decides the algorithm,
    /// never the header, and only exactly what we write is read.
    public init(
        verifying token: some Sequence<UInt8>, keys: KeyRing, issuer: String, at now: Instant
    ) throws(TokenFlaw) {
        let bytes = [UInt8](token.prefix(Self.bytesMax + 1))
        guard bytes.count <= Self.bytesMax else { throw .malformed }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]),
            let claims = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2]), signature.count == 64
        else { throw .malformed }
        let kid = try Self.keyID(inHeader: header)
        guard let key = keys.verifyingKey(kid, at: now) else { throw .unknownKey }
        guard key.accepts(signature, of: Array(bytes[..<parts[1].endIndex])) else { throw .forged }
        try self.init(claims: claims, issuer: issuer)
        try checkTimes(at: now)
    }

    /// Every name of a header of ours and no other: what says `jku`, `jwk`, `x5u` or `crit` wants to be
    /// believed.
    private static func keyID(inHeader bytes: [UInt8]) throws(TokenFlaw) -> String {
        guard let header = try? Members(bytes), let kid = header.texts["kid"] else { throw .malformed }
        guard header.texts == ["alg": "EdDSA", "typ": "at+jwt", "kid": kid], header.numbers.isEmpty else {
            throw .foreign
        }
        return kid
    }

    private init(claims bytes: [UInt8], issuer: String) throws(TokenFlaw) {
        guard let claims = try? Members(bytes), claims.texts.count == 5, claims.numbers.count == 2,
            let tenant = claims.texts["aud"].flatMap({ ID<Tenant>(text: $0) }),
            let person = claims.texts["sub"].flatMap({ Person(text: $0) }),
            let session = claims.texts["sid"].flatMap({ ID<Session>(text: $0) }),
            let id = claims.texts["jti"].flatMap({ ID<AccessToken>(text: $0) }),
            let named = claims.texts["iss"], let issued = claims.numbers["iat"],
            let expires = claims.numbers["exp"]
        else { throw .malformed }
        guard named == issuer, Self.seconds.contains(issued), Self.seconds.contains(expires),
            issued < expires, .seconds(expires - issued) <= Self.lifetimeMax
        else { throw .unfit }
        self.init(
            id: id, tenant: tenant, person: person, session: session,
            issuedAt: Instant(seconds: issued), lifetime: .seconds(expires - issued))
    }

    /// Seconds that can be told as an instant without overflow.
    private static let seconds = Instant.range.lowerBound.seconds...Instant.range.upperBound.seconds

    private func checkTimes(at now: Instant) throws(TokenFlaw) {
        guard issuedAt <= now + Self.clockSkew else { throw .unfit }
        guard now < expiresAt else { throw .expired }
    }

    /// The members of one flat object of texts and integers: all that a token of ours is made of.
    private struct Members {
        private(set) var texts: [String: String] = [:]
        private(set) var numbers: [String: Int64] = [:]

        init(_ bytes: [UInt8]) throws(JSONFault) {
            var reader = JSONReader(bytes)
            try reader.beginObject()
            while let name = try reader.nextName() {
                if try reader.peek() == .number {
                    numbers[name] = try reader.integer()
                } else {
                    texts[name] = try reader.string()
                }
            }
            try reader.finish()
        }
    }
}
