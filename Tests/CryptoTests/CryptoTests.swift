import Crypto
import Testing

@Suite("Crypto: what was altered is refused")
struct CryptoTests {
    @Test("a signature is worth nothing for another message, another key, or with one bit turned")
    func alteredSignatures() {
        let key = SigningKey()
        let message = Array("the promise".utf8)
        let signature = key.signature(of: message)
        #expect(key.verifyingKey.accepts(signature, of: message))
        #expect(!key.verifyingKey.accepts(signature, of: message + [0]))
        #expect(!SigningKey().verifyingKey.accepts(signature, of: message))
        for bit in 0..<512 {
            var altered = signature
            altered[bit / 8] ^= 1 << (bit % 8)
            #expect(!key.verifyingKey.accepts(altered, of: message))
        }
        for length in [0, 63, 65] {
            #expect(!key.verifyingKey.accepts(Array((signature + [0]).prefix(length)), of: message))
        }
    }

    @Test(
        "a signature whose second half is not below the group's order is refused as a second spelling"
    )
    func malleableSignature() throws {
        let key = SigningKey()
        let signature = key.signature(of: [1])
        let order = try #require(
            Hex.decode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"))
        var altered = signature
        var carry = 0
        for place in 0..<32 {
            let sum = Int(altered[32 + place]) + Int(order[place]) + carry
            altered[32 + place] = UInt8(sum & 255)
            carry = sum >> 8
        }
        #expect(carry == 0)
        #expect(!key.verifyingKey.accepts(altered, of: [1]))
    }

    @Test("keys of a wrong length are refused", arguments: [0, 31, 33, 64])
    func wrongLengths(count: Int) {
        let bytes = [UInt8](repeating: 7, count: count)
        #expect(throws: CryptoFault.malformedKey) { try SigningKey(rawBytes: bytes) }
        #expect(throws: CryptoFault.malformedKey) { try VerifyingKey(rawBytes: bytes) }
        #expect(throws: CryptoFault.malformedKey) { try SealingKey(rawBytes: bytes) }
    }

    @Test("a public key that is no point verifies nothing")
    func notAPoint() throws {
        let signature = SigningKey().signature(of: [])
        for filler in [UInt8(0), 2, 255] {
            let key = try VerifyingKey(rawBytes: [UInt8](repeating: filler, count: 32))
            #expect(!key.accepts(signature, of: []))
        }
    }

    @Test("a sealed box opens only whole, with its key and in its context")
    func alteredBoxes() throws {
        let key = try SealingKey(rawBytes: RandomBytes.make(32))
        let plain = Array("a private key".utf8)
        let box = key.seal(plain, context: [1, 2])
        #expect(key.open(box, context: [1, 2]) == plain)
        #expect(key.open(box, context: [1]) == nil)
        #expect(try SealingKey(rawBytes: RandomBytes.make(32)).open(box, context: [1, 2]) == nil)
        for place in box.indices {
            var altered = box
            altered[place] ^= 1
            #expect(key.open(altered, context: [1, 2]) == nil)
            #expect(key.open(Array(box[..<place]), context: [1, 2]) == nil)
            #expect(key.open(box, context: [1, 2]) == plain, "what was refused before leaves nothing behind")
        }
        #expect(key.seal(plain, context: []) != key.seal(plain, context: []))
    }

    @Test("each purpose gets a key of its own out of the one secret")
    func purposes() throws {
        let secret = try Secret(rawBytes: Array(0..<32))
        // hmac.new(bytes(range(32)), b"cursors\x01", "sha256")
        #expect(
            Hex.encode(secret.key(for: "cursors"))
                == "d06545763e773990335e280c8adf795ba9136c9ba200d31584fed593992cfa28")
        let box = secret.sealingKey(for: "signing keys").seal([1], context: [])
        #expect(secret.sealingKey(for: "signing keys").open(box, context: []) == [1])
        #expect(secret.sealingKey(for: "cursors").open(box, context: []) == nil)
        #expect(throws: CryptoFault.malformedKey) { try Secret(rawBytes: Array(0..<31)) }
    }

    @Test("random bytes differ and are as many as asked for")
    func randomBytes() {
        #expect(RandomBytes.make(0).isEmpty)
        let draws = (0..<1000).map { _ in RandomBytes.make(16) }
        #expect(Set(draws).count == 1000)
        #expect(draws.allSatisfy { $0.count == 16 })
    }

    @Test("secrets are compared whole")
    func comparing() {
        #expect(equalInConstantTime([1, 2, 3], [1, 2, 3]))
        #expect(!equalInConstantTime([1, 2, 3], [1, 2, 4]))
        #expect(!equalInConstantTime([1, 2, 3], [1, 2]))
        #expect(equalInConstantTime([], []))
    }
}
