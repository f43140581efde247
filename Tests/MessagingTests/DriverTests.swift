import Crypto
import HTTP
import JSON
import Testing
import Vocabulary

@testable import Messaging
@testable import Outgoing

@Suite("The gateways' shapes")
struct DriverTests {
    private let message: OutgoingMessage = {
        guard let hindi = Language(tag: "hi") else { preconditionFailure("hi is a language") }
        var words = MessageWords(
            template: "appointment.booked",
            language: hindi,
            title: "T", short: "Mitra & Söhne: 4 जनवरी", long: "L", sender: "Mitra")
        words.approved = ApprovedTemplate(
            name: "visit_booked_2", language: "hi", parameters: ["clinic", "time"])
        let now = Instant(seconds: 1_799_046_000)
        return OutgoingMessage(
            id: ID(UniqueID(high: 1, low: 2)), address: "+919812345678", words: words,
            values: ["Mitra", "4 जनवरी"],
            now: now, expiresAt: now + .seconds(600))
    }()

    private func driver<Driver: HTTPMessageDriver>(
        _ url: String, for channel: MessageChannel = .sms, as _: Driver.Type = Driver.self
    ) throws -> Driver {
        let gateway = try #require(GatewayURL(url))
        return try #require(gateway.driver(for: channel) as? Driver)
    }

    private func body(_ request: OutgoingRequest) -> String { String(decoding: request.body, as: UTF8.self) }

    @Test("Twilio gets a form, a basic sign-in and how long the message is worth anything")
    func twilio() throws {
        let driver = try driver("twilio://AC1:t%3Ak@?from=%2B15005550006", as: TwilioDriver.self)
        let request = driver.request(for: message)
        #expect(request.url == "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json")
        #expect(request.method == .post)
        let said = "Mitra%20%26%20S%C3%B6hne%3A%204%20%E0%A4%9C%E0%A4%A8%E0%A4%B5%E0%A4%B0%E0%A5%80"
        #expect(
            body(request)
                == "To=%2B919812345678&From=%2B15005550006&Body=\(said)&ValidityPeriod=600")
        #expect(request.fields.lines.contains("Authorization: Basic QUMxOnQ6aw=="))
    }

    @Test("MSG91 gets the values of a sentence that it keeps itself")
    func msg91() throws {
        let driver = try driver("msg91://:KEY@?appointment.booked=T42", as: MSG91Driver.self)
        let request = driver.request(for: message)
        #expect(request.url == "https://control.msg91.com/api/v5/flow/")
        let json = try JSON(parsing: request.body)
        #expect(json["template_id"]?.stringValue == "T42")
        let recipient = json["recipients"]?.arrayValue?.first
        #expect(recipient?["mobiles"]?.stringValue == "919812345678")
        #expect(recipient?["var2"]?.stringValue == "4 जनवरी")
        #expect(request.fields.lines.contains("authkey: KEY"))
    }

    @Test("a signed gateway can tell that the message is ours, and that it has seen it before")
    func signed() throws {
        let driver = try driver(
            "gateway://:s3cret@sms.example:8443/send?from=MITRA", as: SignedGatewayDriver.self)
        let request = driver.request(for: message)
        #expect(request.url == "https://sms.example:8443/send")
        let mac = HMAC.sha256(of: Array("1799046000.".utf8) + request.body, key: Array("s3cret".utf8))
        #expect(request.fields.lines.contains("X-Signature: sha256=\(Hex.encode(mac))"))
        #expect(request.fields.lines.contains("Idempotency-Key: \(message.id.text)"))
    }

    @Test("WhatsApp gets an approved template in the reader's language, and our id")
    func whatsApp() throws {
        let driver = try driver("whatsapp://123:TOKEN@", for: .whatsApp, as: CloudDriver.self)
        let request = driver.request(for: message)
        #expect(request.url == "https://graph.facebook.com/v19.0/123/messages")
        let json = try JSON(parsing: request.body)
        #expect(json["template"]?["name"]?.stringValue == "visit_booked_2")
        #expect(json["template"]?["language"]?["code"]?.stringValue == "hi")
        #expect(json["biz_opaque_callback_data"]?.stringValue == message.id.text)
        #expect(request.fields.lines.contains("Authorization: Bearer TOKEN"))
    }

    @Test(
        "an answer's code says whether to wait, to give up, or that nobody knows",
        arguments: [
            (429, DriverAnswer.later(.seconds(7))), (503, .later(.seconds(7))), (500, .later(.seconds(7))),
            (502, .uncertain), (504, .uncertain), (400, .refused("twilio-21211")),
            (401, .refused("twilio-21211")),
            (201, .sent("SM1")),
        ])
    func codes(_ code: Int, _ expected: DriverAnswer) throws {
        let driver = try driver("twilio://AC1:t@?from=x", as: TwilioDriver.self)
        let answer = OutgoingAnswer(
            status: code, body: Array("{\"sid\":\"SM1\",\"code\":21211}".utf8), lines: ["Retry-After: 7"])
        #expect(driver.judge(answer) == expected)
    }

    @Test("a yes that cannot be read is no yes and no no")
    func unreadable() throws {
        let answer = OutgoingAnswer(status: 200, body: Array("<html>".utf8), lines: [])
        #expect(try driver("twilio://a:b@?from=x", as: TwilioDriver.self).judge(answer) == .uncertain)
        #expect(try driver("msg91://:b@", as: MSG91Driver.self).judge(answer) == .uncertain)
        #expect(
            try driver("gateway://:b@h.example", as: SignedGatewayDriver.self).judge(answer) == .uncertain)
        #expect(
            try driver("whatsapp://a:b@", for: .whatsApp, as: CloudDriver.self).judge(answer) == .uncertain
        )
    }

    @Test(
        "an address that lacks something is none",
        arguments: [
            "twilio://AC1@?from=x", "twilio://AC1:t@", "msg91://control.msg91.com", "gateway://sms.example",
            "smtp://h",
            "carrier-pigeon://x", "", "twilio",
        ])
    func incomplete(_ url: String) {
        #expect(MessageChannel.allCases.allSatisfy { GatewayURL(url)?.driver(for: $0) == nil })
    }
}
