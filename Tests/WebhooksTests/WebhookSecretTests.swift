import Crypto
import Testing
import Vocabulary

@testable import Webhooks

@Suite("Secrets and signatures")
struct WebhookSecretTests {
    @Test("the signature is the one that Standard Webhooks' own example has")
    func example() throws {
        let key = try #require(Base64.decode(Array("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".utf8)))
        let signature = WebhookSecret(bytes: key).signature(
            of: Array(#"{"test": 2432232314}"#.utf8), id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            at: Instant(seconds: 1_614_265_330))
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test("a secret is 32 bytes, another one each time, and reads whsec_")
    func random() throws {
        let one = WebhookSecret.random(), other = WebhookSecret.random()
        #expect(one != other)
        #expect(one.bytes.count == 32)
        #expect(one.text.hasPrefix("whsec_"))
        #expect(Base64.decode(Array(one.text.utf8.dropFirst(6))) == one.bytes)
    }

    @Test("a sealed secret opens for its webhook in its clinic, and nowhere else")
    func sealed() throws {
        let seal = WebhookSeal(under: try Secret(rawBytes: Array(repeating: 7, count: 32)))
        let stranger = WebhookSeal(under: try Secret(rawBytes: Array(repeating: 8, count: 32)))
        let now = Instant(seconds: 1_799_046_000)
        let secret = WebhookSecret.random(), id = ID<Webhook>.random(at: now)
        let clinic = TenantID(number: 1)
        let box = seal.seal(secret, of: id, for: clinic)
        #expect(seal.open(box, of: id, for: clinic) == secret)
        #expect(seal.open(box, of: id, for: TenantID(number: 2)) == nil)
        #expect(seal.open(box, of: .random(at: now), for: clinic) == nil)
        #expect(stranger.open(box, of: id, for: clinic) == nil)
    }
}
