import Crypto
import Testing

struct RSASigningKeyTests {
    @Test("a key signs what its public half verifies, and nothing else; its bytes are the key again")
    func signing() throws {
        let key = RSASigningKey.make(), message = Array("the promise".utf8)
        #expect(key.modulus.count == 256 && key.modulus[0] >= 128)
        let again = try RSASigningKey(rawBytes: key.rawBytes)
        #expect(again.modulus == key.modulus)
        let signature = again.signature(of: message)
        let published = try ForeignKey.rs256(n: key.modulus, e: RSASigningKey.exponent)
        #expect(published.accepts(signature, of: message, pairs: .plain))
        #expect(!published.accepts(signature, of: message + [0], pairs: .plain))
        #expect(key.signature(of: message) == signature, "PKCS #1 v1.5 has no chance in it")
        #expect(RSASigningKey.make().modulus != key.modulus)
    }

    @Test("bytes that are not such a key whole are none")
    func malformed() {
        let key = RSASigningKey.make().rawBytes
        let others: [[UInt8]] = [
            [], [0], Array(key.dropLast()), key + [0], Array(repeating: 0, count: key.count),
            SigningKey().rawBytes, Array(repeating: 48, count: 5_000),
        ]
        for bytes in others {
            #expect(throws: CryptoFault.malformedKey) { try RSASigningKey(rawBytes: bytes) }
        }
    }
}
