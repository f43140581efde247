import Crypto
import Testing

/// Keys and signatures that another library made (Python's cryptography, over OpenSSL's own encodings).
struct ForeignKeyTests {
    static let message = Array("the promise".utf8)
    static let x =
        "471c3e758c4904285bba7e53118ed0f524adeb0757d25bd2f8e7b0d76dfa714c"
    static let y =
        "dd520f7aca8a8b917acc37f51de8f0c9bbe3ad858382e702dc25a12d09f7a858"
    static let der =
        "3046022100cc5798f585a29f922f2ed1269f3689bd5064c3c9315bf177e9282ae13e8a6810022100eb6fd8ad"
        + "2e82dd45df55654f5dce6f3dd12099d1de138d6497d32338bbba7cae"
    static let plain =
        "cc5798f585a29f922f2ed1269f3689bd5064c3c9315bf177e9282ae13e8a6810eb6fd8ad2e82dd45df55654f"
        + "5dce6f3dd12099d1de138d6497d32338bbba7cae"
    static let modulus =
        "d6b109a719ed9b7ed1355b263ac3fc81ef9d5529a52b9d7c7c0a2ece944ec2c74f53133dc936be4a7d2e464f"
        + "2d8c2489c54cc1d0102a113fa7042d9bd19def59010c2e910a7ca26e95a39e00cf3240ed2e13cd692e527377"
        + "d3565486a2fc36d0caff759de916c2a7d79384e2c020eb2d42953d8bd2b00476a9fcd9ae460e7b65f61ee5ae"
        + "52dd7609ecd88e0eb4f0df213be83f596cdd9c000efcd9dc926865c2dc6434ac99c073bfb4f99817d639d76c"
        + "88205fbef489502bc0ae975351b760557dbf8ce399faa450964db15aa8793090c170c6e1fe3624994e9cd572"
        + "e6271bf7483ef6c921858ef56e05e59809b0ef54862fc04042d66bb9a9ff50bde8112557"
    static let signature =
        "54251d7493c2ee397950abae4c5a046890db0eface3018339714e727e1c12992af46e31b30673d2fa8d2bbea"
        + "73d3bd6b693706815d5058f966b827ec5462be23fd031606c8077c6c78723a55ae8fa97b494f1b015b4c2287"
        + "3ccebb012d5392f7b5e879ad191b7729f8de87489f2a3628b7373303b264cd288d024e3a9b6dd80881cca856"
        + "49c977dd57b3f722d4f9d0152231b101d6c440c0efce2c5523175befe187d2d1ab7c0c7263d822a79e8e1383"
        + "4f2ba6e9df4fa11f1d8896d7773ae48041fa7e0acbeebac3a38432ab3421c7d528e2e423b4763d5db4525be7"
        + "0eaa2199b5087e28b5eb10aec4431fe02fd8902b6e4df9719995f9aac2c2a3499e3d19ba"

    private func bytes(_ text: String) throws -> [UInt8] { try #require(Hex.decode(text)) }

    @Test("P-256 signatures are verified as authenticators write them and as tokens do")
    func elliptic() throws {
        let key = try ForeignKey.es256(x: bytes(Self.x), y: bytes(Self.y))
        let (der, plain) = (try bytes(Self.der), try bytes(Self.plain))
        #expect(key.accepts(der, of: Self.message, pairs: .der))
        #expect(key.accepts(plain, of: Self.message, pairs: .plain))
        #expect(!key.accepts(plain, of: Self.message, pairs: .der))
        #expect(!key.accepts(der, of: Self.message, pairs: .plain))
        #expect(!key.accepts(der, of: Self.message + [0], pairs: .der))
        for place in der.indices {
            var altered = der
            altered[place] ^= 1
            #expect(!key.accepts(altered, of: Self.message, pairs: .der))
        }
        #expect(!key.accepts([UInt8](repeating: 0, count: 64), of: Self.message, pairs: .plain))
    }

    @Test("a point that is not on the curve verifies nothing")
    func notOnTheCurve() throws {
        var y = try bytes(Self.y)
        y[31] ^= 1
        let key = try ForeignKey.es256(x: bytes(Self.x), y: y)
        #expect(!key.accepts(try bytes(Self.der), of: Self.message, pairs: .der))
        #expect(throws: CryptoFault.malformedKey) { try ForeignKey.es256(x: [1], y: y) }
    }

    @Test("RSA signatures are verified, by keys of a sound size alone")
    func rsa() throws {
        let (n, signature) = (try bytes(Self.modulus), try bytes(Self.signature))
        let key = try ForeignKey.rs256(n: n, e: [1, 0, 1])
        #expect(key.accepts(signature, of: Self.message, pairs: .der))
        #expect(!key.accepts(signature, of: [], pairs: .der))
        #expect(!key.accepts(signature.dropLast(), of: Self.message, pairs: .der))
        for place in stride(from: 0, to: signature.count, by: 17) {
            var altered = signature
            altered[place] ^= 1
            #expect(!key.accepts(altered, of: Self.message, pairs: .der))
        }
        let unsound: [(n: [UInt8], e: [UInt8])] = [
            (Array(n.prefix(128)), [1, 0, 1]), (n, [3]), (n + n + n, [1, 0, 1]), ([0] + n, [1, 0, 1]),
        ]
        for (n, e) in unsound {
            #expect(throws: CryptoFault.malformedKey) { try ForeignKey.rs256(n: n, e: e) }
        }
    }
}
