import Crypto
import EventLoop
import JSON
import Testing
import Vocabulary

@testable import Federation
@testable import Identity

@Suite("Signing out from a program")
struct SignOutTests {
    private static let now = Instant(seconds: 1_800_000_000)
    private static let issuer = "https://asha.example"
    private static let program = ID<TrustedProgram>(unique(1))
    private static let family = ID<ProgramSignIn>(unique(2))
    private static let key = IssuingKey(SigningKey())
    private static let rsa = RSASigningKey.make()

    private static func unique(_ low: UInt64) -> UniqueID {
        UniqueID(high: 0x7000, low: 0x8000_0000_0000_0000 + low)
    }

    private static func visitor(_ person: UInt64, _ session: UInt64) -> Visitor {
        Visitor(
            session: ID(unique(session)), person: Person(.staff, unique(person)), method: .code,
            provenAt: now,
            signedInAt: now, until: now, name: "Asha")
    }

    private static func keys() throws -> PublishedKeys {
        let ring = KeyRing([KeyRing.Entry(key.signingKey.verifyingKey, retiresAt: nil)])
        return try PublishedKeys(ring, [rsa.modulus], at: now)
    }

    private static func token(by signer: TokenSigner) async -> String {
        await IDToken(
            issuer: issuer, program: program, visitor: visitor(5, 6), family: family, nonce: nil,
            issuedAt: now
        ).text(signedBy: signer)
    }

    private static func signer(_ key: RSASigningKey = rsa) throws -> TokenSigner {
        .rs256(ProgramKey(key, in: try SlowWork(threads: 1, waitingMax: 0).turn()))
    }

    private static func hint(_ text: String, from issuer: String = issuer) throws -> SignOutHint? {
        SignOutHint(text, from: issuer, checkedBy: try keys())
    }

    @Test("an ID token of ours says whose sign-in is meant, by either algorithm and however old")
    func honest() async throws {
        for signer in [TokenSigner.edDSA(Self.key), try Self.signer()] {
            let hint = try #require(try Self.hint(await Self.token(by: signer)))
            #expect(hint.program == Self.program && hint.family == Self.family)
            #expect(hint.person == Person(.staff, Self.unique(5)))
        }
    }

    @Test("whatever is another's, altered, unsigned, or no ID token is none")
    func others() async throws {
        let honest = await Self.token(by: try Self.signer())
        #expect(try Self.hint(honest, from: "https://ravi.example") == nil)
        let parts = honest.split(separator: ".").map(String.init)
        let unsigned = Base64URL.text(of: Array(#"{"alg":"none"}"#.utf8))
        let strangers = [
            await Self.token(by: .edDSA(IssuingKey(SigningKey()))),
            await Self.token(by: try Self.signer(.make())),
            "\(parts[0]).\(parts[1]).", "\(unsigned).\(parts[1]).", "\(parts[0]).\(parts[1])", "", "x.y.z",
            await Self.token(by: .edDSA(Self.key)).split(separator: ".")[0] + ".\(parts[1]).\(parts[2])",
        ]
        for text in strangers { #expect(try Self.hint(text) == nil, "\(text)") }
        let access = AccessToken(
            id: .random(at: Self.now), tenant: ID(Self.unique(9)), person: Person(.staff, Self.unique(5)),
            session: ID(Self.unique(6)), issuedAt: Self.now, lifetime: .seconds(600))
        #expect(try Self.hint(access.text(issuer: Self.issuer, signedBy: Self.key)) == nil)
    }

    @Test(
        "a sign-in ends at once where the token and the browser say the same person, and nobody else's does")
    func decisions() {
        let hinted = HintedSignIn(session: ID(Self.unique(6)), person: Person(.staff, Self.unique(5)))
        let same = Self.visitor(5, 6), again = Self.visitor(5, 7), other = Self.visitor(8, 9)
        #expect(SignOutDecision.decide(hinted, atGate: same) == .end([same.session]))
        #expect(SignOutDecision.decide(hinted, atGate: again) == .end([again.session, hinted.session]))
        #expect(SignOutDecision.decide(hinted, atGate: nil) == .end([hinted.session]))
        #expect(SignOutDecision.decide(hinted, atGate: other) == .ask)
        #expect(SignOutDecision.decide(nil, atGate: other) == .ask)
        #expect(SignOutDecision.decide(nil, atGate: nil) == .end([]))
    }

    @Test("the state comes back behind what the address has already, and means nothing there")
    func ways() {
        #expect(SignOutWish.way(to: nil, state: "s") == nil)
        #expect(SignOutWish.way(to: "https://p.example/out", state: nil) == "https://p.example/out")
        #expect(
            SignOutWish.way(to: "https://p.example/out", state: "a&b=c")
                == "https://p.example/out?state=a%26b%3Dc")
        #expect(SignOutWish.way(to: "https://p.example/?x=1", state: "s") == "https://p.example/?x=1&state=s")
    }

    @Test("what a page asks comes back with its ticket as it was")
    func tickets() {
        let wish = SignOutWish(
            session: ID(Self.unique(6)), program: Self.program, redirect: "https://p.example/out", state: "s")
        for wish in [wish, SignOutWish(session: wish.session, program: nil, redirect: nil, state: nil)] {
            let ticket = GateTicket(goal: .signOut(wish), browser: [1, 2, 3], begunAt: Self.now)
            #expect(GateTicket(ticket.json) == ticket)
        }
    }
}
