import Crypto
import Identity
import Testing
import Vocabulary

@Suite("Access tokens: ours and nobody else's")
struct AccessTokenTests {
    private let forge = Forge()

    @Test("what was put into a token comes out of it")
    func honest() throws {
        let token = try AccessToken(
            verifying: forge.honest.utf8, keys: forge.ring, issuer: Forge.issuer, at: Forge.now)
        #expect(token == forge.content)
        #expect(token.expiresAt == Forge.now + .seconds(3600))
        #expect(forge.flaw(of: forge.token()) == nil, "the table's own token must be good but for its fault")
    }

    @Test("every forged token is refused, for the reason it was forged to test")
    func forgeries() {
        let cases = ForgedTokens(forge: forge).all
        #expect(cases.count >= 100)
        #expect(Set(cases.map(\.token)).count == cases.count, "each forgery differs from the others")
        for (name, token, flaw) in cases {
            #expect(forge.flaw(of: token) == flaw, "\(name)")
        }
    }

    @Test("a single changed character anywhere makes a token worthless")
    func everyCharacter() {
        let honest = Array(forge.honest.utf8)
        for place in honest.indices {
            for other in [UInt8(ascii: "A"), UInt8(ascii: "b"), UInt8(ascii: "."), UInt8(ascii: "=")]
            where other != honest[place] {
                var altered = honest
                altered[place] = other
                #expect(forge.flaw(of: String(decoding: altered, as: UTF8.self)) != nil, "character \(place)")
            }
            #expect(
                forge.flaw(of: String(decoding: honest[..<place], as: UTF8.self)) != nil, "cut at \(place)")
        }
    }

    @Test("a token counts until the second it expires, and a minute's difference between clocks is forgiven")
    func edges() {
        let end = Forge.now + .seconds(3600)
        #expect(forge.flaw(of: forge.honest, at: end - .microseconds(1)) == nil)
        #expect(forge.flaw(of: forge.honest, at: end) == .expired)
        #expect(forge.flaw(of: forge.honest, at: Forge.now - .seconds(60)) == nil)
        #expect(forge.flaw(of: forge.honest, at: Forge.now - .seconds(61)) == .unfit)
    }

    @Test("nobody can be given a token for longer than a day")
    func longest() throws {
        let week = AccessToken(
            id: forge.id, tenant: forge.tenant, person: Person(forge.staffMember), session: forge.session,
            issuedAt: Forge.now, lifetime: .seconds(7 * 86_400))
        #expect(week.expiresAt == Forge.now + .seconds(86_400))
        #expect(forge.flaw(of: week.text(issuer: Forge.issuer, signedBy: forge.issuing)) == nil)
    }

    @Test("an earlier key verifies until it retires, and not a moment longer")
    func rotation() {
        let retiresAt = Forge.now + .seconds(10)
        let ring = KeyRing([
            KeyRing.Entry(SigningKey().verifyingKey, retiresAt: nil),
            KeyRing.Entry(forge.key.verifyingKey, retiresAt: retiresAt),
        ])
        #expect(forge.flaw(of: forge.honest, keys: ring, at: retiresAt - .microseconds(1)) == nil)
        #expect(forge.flaw(of: forge.honest, keys: ring, at: retiresAt) == .unknownKey)
        #expect(forge.flaw(of: forge.honest, keys: KeyRing([])) == .unknownKey)
    }

    @Test("a key is named by its thumbprint, as RFC 8037 works it out")
    func thumbprint() throws {
        let point = try #require(Base64URL.decode(Array("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo".utf8)))
        #expect(
            KeyID(of: try VerifyingKey(rawBytes: point)).text == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
        )
    }
}
