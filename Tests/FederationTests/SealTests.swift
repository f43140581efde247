import Crypto
import Identity
import SignIn
import Testing
import Vocabulary

@testable import Federation

struct SealTests {
    private let keys: FederationKeys
    private let here = TenantID(number: 1), there = TenantID(number: 2)

    init() throws { keys = FederationKeys(under: try Secret(rawBytes: Array(repeating: 7, count: 32))) }

    @Test("a ticket opens at its clinic, in its browser, and for twenty minutes")
    func tickets() throws {
        let ticket = GateTicket(
            goal: .page("/docs"), browser: Array(repeating: 1, count: 32), begunAt: Instant(seconds: 1000))
        let text = keys.seal(ticket, in: here)
        #expect(keys.ticket(text, in: here) == ticket)
        #expect(keys.ticket(text, in: there) == nil && keys.ticket(text + "A", in: here) == nil)
        #expect(keys.state(text, in: here) == nil, "a ticket is no state")
        #expect(ticket.isGood(in: ticket.browser, at: Instant(seconds: 2199)))
        #expect(!ticket.isGood(in: ticket.browser, at: Instant(seconds: 2200)))
        #expect(!ticket.isGood(in: Array(repeating: 2, count: 32), at: Instant(seconds: 1001)))
    }

    @Test("a state comes back whole, and its nonce is not its verifier")
    func states() {
        let ticket = GateTicket(goal: .page("/"), browser: [1], begunAt: Instant(seconds: 5))
        let state = IssuerState(
            issuer: ID(UniqueID(high: 3, low: 4)), seed: [9, 9], ticket: ticket, askedAt: Instant(seconds: 6))
        #expect(keys.state(keys.seal(state, in: here), in: here) == state)
        #expect(keys.state(keys.seal(state, in: here), in: there) == nil)
        #expect(state.nonce(keys) != state.verifier(keys) && state.verifier(keys).utf8.count == 43)
    }

    @Test("a program's token is one kind of token, of one clinic")
    func tokens() {
        let family = ID<ProgramSignIn>(UniqueID(high: .max, low: 5))
        for kind in ProgramToken.Kind.allCases {
            let token = ProgramToken(kind, of: family, 77)
            let text = token.text(in: here, under: keys.tokens)
            #expect(ProgramToken(text: text, as: kind, in: here, under: keys.tokens) == token)
            #expect(ProgramToken(text: text, as: kind, in: there, under: keys.tokens) == nil)
            for other in ProgramToken.Kind.allCases where other != kind {
                let dressed = other.rawValue + text.dropFirst(4)
                #expect(ProgramToken(text: dressed, as: other, in: here, under: keys.tokens) == nil)
                #expect(ProgramToken(text: text, as: other, in: here, under: keys.tokens) == nil)
            }
        }
    }

    @Test("the gate remembers a sign-in for its clinic alone")
    func gate() {
        let session = ID<Session>(UniqueID(high: 8, low: 9))
        let token = keys.gateToken(of: session, in: here)
        #expect(keys.session(ofGate: token, in: here) == session)
        #expect(keys.session(ofGate: token, in: there) == nil)
    }

    @Test("a code is good for one program, address and verifier, once and for a minute")
    func codes() throws {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        let program = ID<TrustedProgram>(UniqueID(high: 1, low: 2)), end = Instant(seconds: 60)
        let code = { (uses: Int16) in
            UsedCode(
                program: program, session: ID(UniqueID(high: 0, low: 1)), redirect: "https://p.example/",
                scopes: [.openID], nonce: nil, challenge: SHA256.digest(of: Array(verifier.utf8)),
                expiresAt: end, uses: uses, given: nil)
        }
        let early = Instant(seconds: 59), address = "https://p.example/"
        #expect(code(1).isGood(for: program, to: address, showing: verifier, at: early))
        #expect(!code(2).isGood(for: program, to: address, showing: verifier, at: early))
        #expect(!code(1).isGood(for: program, to: address, showing: verifier, at: end))
        #expect(!code(1).isGood(for: program, to: address + "x", showing: verifier, at: early))
        #expect(!code(1).isGood(for: program, to: nil, showing: verifier, at: early))
        #expect(!code(1).isGood(for: program, to: address, showing: nil, at: early))
        #expect(!code(1).isGood(for: program, to: address, showing: verifier + "A", at: early))
        let other = ID<TrustedProgram>(UniqueID(high: 1, low: 3))
        #expect(!code(1).isGood(for: other, to: address, showing: verifier, at: early))
    }
}
