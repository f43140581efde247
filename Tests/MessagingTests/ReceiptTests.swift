import Crypto
import JSON
import Testing
import Vocabulary

@testable import Messaging

@Suite("Receipts of gateways")
struct ReceiptTests {
    private static let now = Instant(seconds: 1_799_046_000)

    private func read(
        _ url: String, _ body: String, at now: Instant = now, to address: String = "https://mitra.example",
        _ fields: [String: String]
    ) throws -> GatewayReport? {
        let reader = try #require(GatewayURL(url)?.receiptReader)
        return reader.read(ReceiptCall(to: address, Array(body.utf8), at: now) { fields[$0] })
    }

    private func text(_ bytes: [UInt8]) -> String { Base64.text(of: bytes) }

    /// The example of Twilio's own documentation, signature included.
    @Test("Twilio's own example is proven, and no other address, field or password")
    func twilioExample() throws {
        let callback = "https%3A%2F%2Fmycompany.com%2Fmyapp.php%3Ffoo%3D1%26bar%3D2"
        let body =
            "CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212"
            + "&Caller=%2B14158675309"
        let proof = ["x-twilio-signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8="]
        let url = "twilio://AC1:12345@api.twilio.com?from=%2B1&callback=\(callback)"
        #expect(try read(url, body, proof) == GatewayReport())
        #expect(try read(url, body + "&x=1", proof) == nil)
        #expect(try read("twilio://AC1:12346@?from=%2B1&callback=\(callback)", body, proof) == nil)
        #expect(try read("twilio://AC1:12345@?from=%2B1", body, proof) == nil)
        #expect(try read(url, body, [:]) == nil)
    }

    @Test(
        "Twilio's words become states; those of steps in between become nothing",
        arguments: [
            ("sent", Receipt.State.sent), ("delivered", .delivered), ("read", .delivered),
            ("undelivered", .failed), ("failed", .failed), ("queued", nil), ("sending", nil),
        ])
    func twilioWords(_ word: String, _ state: Receipt.State?) throws {
        let address = "https://mitra.example/v1/message-receipts/twilio"
        let body = "ErrorCode=30003&MessageSid=SM9&MessageStatus=\(word)"
        let signed = "\(address)ErrorCode30003MessageSidSM9MessageStatus\(word)"
        let proof = text(HMAC.sha1(of: Array(signed.utf8), key: Array("token".utf8)))
        let report = try read("twilio://AC1:token@?from=%2B1", body, ["x-twilio-signature": proof])
        #expect(report?.receipts.map(\.state) == [state].compactMap(\.self))
        #expect(report?.receipts.first?.reason == (state == .failed ? "twilio-30003" : nil))
    }

    private let cloud = "whatsapp://123:TOKEN@?app_secret=shh&verify_token=word"

    private func cloudBody(number: String = "123") -> String {
        """
        {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{
        "messaging_product":"whatsapp","metadata":{"phone_number_id":"\(number)"},
        "statuses":[{"id":"wamid.A","status":"delivered","timestamp":"1799045999","recipient_id":"919812345678"},
        {"id":"wamid.B","status":"failed","errors":[{"code":131026,"title":"Message undeliverable"}]}],
        "messages":[{"from":"919812345678","id":"wamid.C","timestamp":"1799045990","type":"text",
        "text":{"body":"I will be late"}}]}}]}]}
        """
    }

    private func cloudProof(_ body: String, _ secret: String = "shh") -> [String: String] {
        let digest = HMAC.sha256(of: Array(body.utf8), key: Array(secret.utf8))
        return ["x-hub-signature-256": "sha256=\(Hex.encode(digest))"]
    }

    @Test("WhatsApp tells what became of messages and who wrote, and never what they wrote")
    func whatsApp() throws {
        let report = try #require(try read(cloud, cloudBody(), cloudProof(cloudBody())))
        #expect(report.receipts.map(\.gatewayID) == ["wamid.A", "wamid.B"])
        #expect(report.receipts.map(\.state) == [.delivered, .failed])
        #expect(report.receipts.last?.reason == "whatsapp-131026")
        #expect(
            report.inbound == [
                GatewayReport.Inbound(address: "+919812345678", at: Instant(seconds: 1_799_045_990))
            ])
    }

    @Test("what is altered, signed with another secret, or about another number, is no word of ours")
    func whatsAppStrangers() throws {
        let body = cloudBody(), other = cloudBody(number: "124")
        #expect(try read(cloud, body + " ", cloudProof(body)) == nil)
        #expect(try read(cloud, body, cloudProof(body, "shhh")) == nil)
        #expect(try read(cloud, body, [:]) == nil)
        #expect(try read(cloud, other, cloudProof(other)) == GatewayReport())
        let silent = try #require(GatewayURL("whatsapp://123:TOKEN@"))
        #expect(silent.receiptReader == nil)
    }

    @Test("a challenge is repeated to whoever knows the word, and to nobody else")
    func challenge() throws {
        let reader = try #require(GatewayURL(cloud)?.receiptReader)
        #expect(reader.challenge("word", "1158201444") == "1158201444")
        #expect(reader.challenge("words", "1158201444") == nil)
        #expect(reader.challenge("", "1158201444") == nil)
        let wordless = try #require(GatewayURL("whatsapp://123:T@?app_secret=shh")?.receiptReader)
        #expect(wordless.challenge("", "x") == nil)
    }

    @Test(
        "MSG91 reports in each of its forms",
        arguments: [
            "data=%5B%7B%22requestId%22%3A%22r-1%22%2C%22report%22%3A%5B%7B%22status%22%3A%22STATUS%22"
                + "%7D%5D%7D%5D",
            #"{"requestId":"r-1","number":"919812345678","status":"STATUS","desc":"x"}"#,
            #"[{"requestId":"r-1","status":"STATUS"}]"#,
        ])
    func msg91(_ form: String) throws {
        let url = "msg91://:KEY@?receipt_token=0123456789abcdef"
        let proof = ["x-receipt-token": "0123456789abcdef"]
        for (status, state) in [("1", Receipt.State.delivered), ("2", .failed), ("17", .failed)] {
            let body = form.replacing("STATUS", with: status)
            #expect(try read(url, body, proof)?.receipts.map(\.state) == [state])
            #expect(try read(url, body, proof)?.receipts.map(\.gatewayID) == ["r-1"])
            #expect(try read(url, body, ["x-receipt-token": "0123456789abcdee"]) == nil)
        }
        #expect(try #require(GatewayURL("msg91://:KEY@?receipt_token=short")).receiptReader == nil)
        #expect(try #require(GatewayURL("msg91://:KEY@")).receiptReader == nil)
    }

    private func signed(_ body: String, _ secret: [UInt8], at seconds: Int64) -> [String: String] {
        let digest = HMAC.sha256(of: Array("whd_1.\(seconds).\(body)".utf8), key: secret)
        return [
            "webhook-id": "whd_1", "webhook-timestamp": "\(seconds)",
            "webhook-signature": "v1,\(text([1, 2, 3])) v1,\(text(digest))",
        ]
    }

    @Test("a signed gateway is believed for five minutes, with its own secret or the one that is named")
    func signedGateway() throws {
        let body = #"{"id":"g-1","state":"failed","reason":"no such number"}"#
        let named = Array(repeating: UInt8(9), count: 24), now = Self.now.seconds
        let urls = [
            ("gateway://:secret@sms.example/", Array("secret".utf8)),
            ("gateway://:secret@sms.example/?receipt_secret=whsec_\(text(named))", named),
        ]
        for (url, secret) in urls {
            for seconds in [now, now - 300, now + 300] {
                let report = try #require(try read(url, body, signed(body, secret, at: seconds)))
                #expect(report.receipts.map(\.state) == [.failed])
                #expect(report.receipts.map(\.reason) == ["no such number"])
            }
            #expect(try read(url, body, signed(body, secret, at: now - 301)) == nil)
            #expect(try read(url, body, signed(body, secret, at: now + 301)) == nil)
            #expect(try read(url, body, signed(body, [0], at: now)) == nil)
            var moved = signed(body, secret, at: now)
            moved["webhook-timestamp"] = "\(now - 1)"
            #expect(try read(url, body, moved) == nil)
        }
    }

    @Test("a message goes on and never back, whichever order receipts come in")
    func order() {
        let after: [Receipt.State: [Message.State]] = [
            .sent: [.sending, .uncertain], .failed: [.sending, .uncertain, .sent],
            .delivered: [.sending, .uncertain, .sent, .failed],
        ]
        for state in Receipt.State.allCases {
            #expect(
                Message.State.allCases.filter { state.follows($0) }
                    == Message.State.allCases.filter { after[state]?.contains($0) == true })
        }
    }
}
