import Crypto
import Testing

@testable import Credentials

@Suite("Passkeys")
struct PasskeyTests {
    private typealias Saying = SoftAuthenticator.Saying
    private static let challenge = "Y2hhbGxlbmdl"
    private let authenticator = SoftAuthenticator()

    private func saying(_ change: (inout Saying) -> Void) -> Saying {
        var saying = Saying()
        saying.flags = 0x05
        change(&saying)
        return saying
    }

    @Test("a passkey is registered and then proves who holds it")
    func wholeWay() throws {
        let party = try #require(SoftAuthenticator.party)
        let made = try authenticator.register().check(party, challenge: Self.challenge, mustVerify: true)
        #expect(made.credentialID == authenticator.credentialID)
        #expect(made.publicKey == authenticator.coseKey)
        #expect(made.model == [UInt8](repeating: 0xAA, count: 16))
        #expect(made.isVerified && !made.isBackupEligible && !made.isBackedUp)
        let known = PasskeyAssertion.Known(publicKey: made.publicKey, count: 4, isBackupEligible: false)
        let proof = try authenticator.sign(saying { $0.count = 5 })
            .check(known, party, challenge: Self.challenge, mustVerify: true)
        #expect(proof.count == 5)
        #expect(proof.isVerified)
    }

    /// What is changed about a sound answer, and what is found.
    private static let lies: [(name: String, change: @Sendable (inout Saying) -> Void, flaw: PasskeyFlaw)] = [
        ("the other ceremony", { $0.type = "webauthn.other" }, .wrongCeremony),
        ("another challenge", { $0.challenge = "Y2hhbGxlbmdm" }, .wrongChallenge),
        ("the challenge spelled otherwise", { $0.challenge = "Y2hhbGxlbmdl=" }, .wrongChallenge),
        ("another clinic's page", { $0.origin = "http://sunset.localhost:8080" }, .wrongOrigin),
        ("another port", { $0.origin = "http://sunrise.localhost" }, .wrongOrigin),
        ("another scheme", { $0.origin = "https://sunrise.localhost:8080" }, .wrongOrigin),
        ("a longer origin", { $0.origin += ".example.org" }, .wrongOrigin),
        ("a frame", { $0.extra = #","crossOrigin":true"# }, .wrongOrigin),
        ("a frame that says where", { $0.extra = #","topOrigin":"https://example.org""# }, .wrongOrigin),
        ("a frame of no truth value", { $0.extra = #","crossOrigin":"false""# }, .wrongOrigin),
        ("a member twice", { $0.extra = #","type":"webauthn.get""# }, .malformed),
        ("another clinic", { $0.party = "sunset.localhost" }, .wrongClinic),
        ("nobody there", { $0.flags &= ~1 }, .absent),
        ("nobody known", { $0.flags &= ~4 }, .unverified),
        ("a backup of what has none", { $0.flags |= 16 }, .backupContradicted),
        ("bytes left over", { $0.tail = [0] }, .malformed),
        (
            "extensions that are none",
            {
                $0.flags |= 128; $0.tail = [1]
            }, .malformed
        ),
    ]

    @Test("whatever is wrong about a registration is found", arguments: lies.indices)
    func falseRegistration(index: Int) throws {
        let party = try #require(SoftAuthenticator.party)
        var saying = Saying()
        Self.lies[index].change(&saying)
        #expect(throws: Self.lies[index].flaw, "\(Self.lies[index].name)") {
            try authenticator.register(saying).check(party, challenge: Self.challenge, mustVerify: true)
        }
    }

    @Test("whatever is wrong about a sign-in is found", arguments: lies.indices)
    func falseSignIn(index: Int) throws {
        let party = try #require(SoftAuthenticator.party)
        let known = PasskeyAssertion.Known(
            publicKey: authenticator.coseKey, count: 0, isBackupEligible: false)
        #expect(throws: Self.lies[index].flaw, "\(Self.lies[index].name)") {
            try authenticator.sign(saying(Self.lies[index].change))
                .check(known, party, challenge: Self.challenge, mustVerify: true)
        }
    }

    @Test("another key, and any bit turned in what was signed, is a forgery")
    func forged() throws {
        let party = try #require(SoftAuthenticator.party)
        let answer = authenticator.sign(saying { $0.count = 1 })
        let known = { (key: [UInt8]) in
            PasskeyAssertion.Known(publicKey: key, count: 0, isBackupEligible: false)
        }
        #expect(throws: PasskeyFlaw.forged) {
            try answer.check(
                known(SoftAuthenticator().coseKey), party, challenge: Self.challenge, mustVerify: true)
        }
        for bit in 0..<(answer.authenticatorData.count * 8) {
            var data = answer.authenticatorData
            data[bit / 8] ^= 1 << (bit % 8)
            let altered = PasskeyAssertion(
                clientData: answer.clientData, authenticatorData: data, signature: answer.signature)
            #expect(throws: PasskeyFlaw.self) {
                try altered.check(
                    known(authenticator.coseKey), party, challenge: Self.challenge, mustVerify: true)
            }
        }
    }

    @Test(
        "a counter that does not grow is a copy, unless there never was one",
        arguments: [(0, 0, true), (0, 1, true), (1, 2, true), (1, 1, false), (2, 1, false), (1, 0, false)])
    func counters(before: UInt32, after: UInt32, isFine: Bool) throws {
        let party = try #require(SoftAuthenticator.party)
        let known = PasskeyAssertion.Known(
            publicKey: authenticator.coseKey, count: before, isBackupEligible: false)
        let proof = try? authenticator.sign(saying { $0.count = after })
            .check(known, party, challenge: Self.challenge, mustVerify: false)
        #expect((proof != nil) == isFine)
    }

    @Test("whether a passkey can be backed up never changes")
    func backupEligibility() throws {
        let party = try #require(SoftAuthenticator.party)
        for (known, flags) in [(false, UInt8(0x0D)), (true, 0x05)] {
            let kept = PasskeyAssertion.Known(
                publicKey: authenticator.coseKey, count: 0, isBackupEligible: known)
            #expect(throws: PasskeyFlaw.backupContradicted) {
                try authenticator.sign(saying { $0.flags = flags })
                    .check(kept, party, challenge: Self.challenge, mustVerify: false)
            }
        }
    }

    @Test("a statement about the authenticator's maker is read over; one where there is none is refused")
    func statements() throws {
        let party = try #require(SoftAuthenticator.party)
        var saying = Saying()
        saying.statement = SoftAuthenticator.map([
            (SoftAuthenticator.text("alg"), [0x27]), (SoftAuthenticator.text("sig"), [0x41, 0]),
        ])
        #expect(throws: PasskeyFlaw.malformed) {
            try authenticator.register(saying).check(party, challenge: Self.challenge, mustVerify: true)
        }
        saying.format = "packed"
        let made = try authenticator.register(saying).check(
            party, challenge: Self.challenge, mustVerify: true)
        #expect(made.credentialID == authenticator.credentialID)
    }

    @Test("of keys only the three kinds count, each with its own algorithm")
    func keys() throws {
        let x = SoftAuthenticator.bytes(RandomBytes.make(32))
        let y = SoftAuthenticator.bytes(RandomBytes.make(32))
        let n = SoftAuthenticator.bytes([0x81] + RandomBytes.make(254) + [1])
        let e = SoftAuthenticator.bytes([1, 0, 1])
        let fits: [[(name: [UInt8], value: [UInt8])]] = [
            [([1], [1]), ([3], [0x27]), ([0x20], [6]), ([0x21], x)],
            [([1], [2]), ([3], [0x26]), ([0x20], [1]), ([0x21], x), ([0x22], y)],
            [([1], [3]), ([3], [0x39, 1, 0]), ([0x20], n), ([0x21], e)],
        ]
        for pairs in fits { _ = try PasskeyKey(bytes: SoftAuthenticator.map(pairs)) }
        var strange = fits
        strange.append([([1], [1]), ([3], [0x26]), ([0x20], [6]), ([0x21], x)])
        strange.append([([1], [2]), ([3], [0x26]), ([0x20], [2]), ([0x21], x), ([0x22], y)])
        strange.append([([1], [3]), ([3], [0x39, 1, 0]), ([0x20], x), ([0x21], e)])
        strange.append([([1], [2]), ([3], [0x38, 0x22]), ([0x20], [1]), ([0x21], x), ([0x22], y)])
        for pairs in strange.dropFirst(fits.count) + fits.map({ Array($0.dropLast()) }) {
            #expect(throws: PasskeyFlaw.unknownKey) { try PasskeyKey(bytes: SoftAuthenticator.map(pairs)) }
        }
    }

    @Test("whatever bytes come in place of an answer, it is told apart from one and nothing breaks")
    func noise() throws {
        let party = try #require(SoftAuthenticator.party)
        var random = Dice(state: 7)
        let sound = authenticator.register()
        for _ in 0..<20_000 {
            var attestation = sound.attestation
            for _ in 0...random.next(below: 4) {
                let place = random.next(below: attestation.count)
                switch random.next(below: 3) {
                case 0: attestation[place] = UInt8(random.next(below: 256))
                case 1: attestation.remove(at: place)
                default: attestation.insert(UInt8(random.next(below: 256)), at: place)
                }
            }
            let altered = PasskeyRegistration(clientData: sound.clientData, attestation: attestation)
            if let made = try? altered.check(party, challenge: Self.challenge, mustVerify: true) {
                // What still counts is a whole registration of some key and some id.
                #expect((1...AuthenticatorData.idBytesMax).contains(made.credentialID.count))
                _ = try PasskeyKey(bytes: made.publicKey)
            }
        }
    }
}

/// The same throws every time (xorshift).
struct Dice {
    var state: UInt64

    mutating func next(below end: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(end))
    }
}
