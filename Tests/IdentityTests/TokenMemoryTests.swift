import Testing
import Vocabulary

@testable import Identity

@Suite("Token memory: fast, small, and never older than promised")
struct TokenMemoryTests {
    private let forge = Forge()
    private let memory = TokenMemory()
    private var caller: Caller {
        Caller(forge.staffMember, roles: [.init(.receptionist)], session: forge.session)
    }

    private func remember(_ token: String, at now: Instant = Forge.now) {
        memory.remember(Array(token.utf8), Evidence(forge.content), caller, at: now, since: memory.generation)
    }

    private func finds(_ token: String, at now: Instant = Forge.now, turn: UInt64 = 0) -> String {
        Array(token.utf8).withUnsafeBufferPointer { bytes in
            switch memory.find(bytes, at: now, turn: turn) {
            case .caller: "caller"
            case .verified: "verified"
            case .unknown: "unknown"
            }
        }
    }

    @Test("a token is known only whole: the right end is not enough")
    func whole() {
        let token = forge.honest
        #expect(finds(token) == "unknown")
        remember(token)
        #expect(finds(token) == "caller")
        #expect(finds("x" + token.dropFirst()) == "unknown")
        #expect(finds(String(token.dropFirst())) == "unknown")
        #expect(finds(String(token.suffix(8))) == "unknown")
        #expect(finds(String(token.suffix(7))) == "unknown")
    }

    @Test(
        "after three seconds one request reads the rows anew, others go on; after four and a half all read"
    )
    func freshness() {
        let token = forge.honest
        remember(token)
        #expect(finds(token, at: Forge.now + .milliseconds(2999)) == "caller")
        #expect(finds(token, at: Forge.now + .milliseconds(3000)) == "verified")
        #expect(finds(token, at: Forge.now + .milliseconds(3001)) == "caller")
        #expect(finds(token, at: Forge.now + .milliseconds(4499)) == "caller")
        #expect(finds(token, at: Forge.now + .milliseconds(4500)) == "verified")
        #expect(finds(token, at: Forge.now + .milliseconds(4501)) == "verified")
        remember(token, at: Forge.now + .milliseconds(4501))
        #expect(finds(token, at: Forge.now + .milliseconds(7000)) == "caller")
    }

    @Test(
        "while every notice is known to be heard, rows are read anew after a minute, not after three seconds")
    func proof() {
        let token = forge.honest
        remember(token)
        memory.prove(upTo: 50_000)
        #expect(finds(token, at: Forge.now + .seconds(59), turn: 52_999) == "caller")
        #expect(finds(token, at: Forge.now + .seconds(59), turn: 53_000) == "verified", "the proof is old")
        memory.prove(upTo: 53_000)
        #expect(finds(token, at: Forge.now + .seconds(60), turn: 53_001) == "verified")
        #expect(
            finds(token, at: Forge.now + .seconds(61), turn: 53_001) == "caller", "somebody reads already")
        #expect(finds(token, at: Forge.now + .seconds(63), turn: 53_002) == "verified")
        #expect(finds(token, at: Forge.now + .seconds(64), turn: 53_003) == "caller")
        #expect(finds(token, at: Forge.now + .seconds(90), turn: 53_004) == "verified")
        memory.forget(forge.staffMember.unique)
        #expect(
            finds(token, at: Forge.now, turn: 53_005) == "unknown", "a proof keeps nobody who has changed")
        remember(token)
        memory.forgetAll()
        remember(token)
        #expect(finds(token, at: Forge.now + .seconds(5), turn: 53_006) == "verified", "the proof went too")
    }

    @Test("an expired token is not known, and a clock set back makes nobody younger")
    func expiry() {
        let token = forge.honest
        remember(token, at: forge.content.expiresAt - .seconds(1))
        #expect(finds(token, at: forge.content.expiresAt - .microseconds(1)) == "caller")
        #expect(finds(token, at: forge.content.expiresAt) == "unknown")
        #expect(finds(token, at: forge.content.expiresAt - .seconds(2)) == "unknown")
    }

    @Test("whoever changes is forgotten at once; what was being read meanwhile is not remembered")
    func forgetting() {
        let token = forge.honest
        remember(token)
        memory.forget(UniqueID(high: 9, low: 9))
        #expect(finds(token) == "caller")
        let generation = memory.generation
        memory.forget(forge.staffMember.unique)
        #expect(finds(token) == "unknown")
        memory.remember(Array(token.utf8), Evidence(forge.content), caller, at: Forge.now, since: generation)
        #expect(finds(token) == "unknown", "the rows were read before they changed")
        remember(token)
        memory.forgetAll()
        #expect(finds(token) == "unknown")
    }

    @Test("the memory is bounded, however many tokens come")
    func bounded() {
        for number in 0..<40_000 {
            remember("token of caller " + String(10_000_000 + number))
            #expect(memory.count <= TokenMemory.entriesMax)
        }
        #expect(finds("token of caller 10039999") == "caller")
    }
}
