import TestKit
import Testing
import Vocabulary

@testable import Outgoing

private let greeting: [ScriptedServer.Step] = [
    .say("220 mx¶"), .until("¶"), .say("250-mx¶250 AUTH PLAIN¶"),
]
private let upToData: [ScriptedServer.Step] =
    greeting + [
        .until("¶"), .say("250 sender¶"), .until("¶"), .say("250 recipient¶"), .until("DATA¶"),
        .say("354 go¶"),
    ]

@Suite("Handing mail over")
struct MailTests {
    private func deliver(_ script: [ScriptedServer.Step], _ encryption: MailServer.Encryption = .none)
        async throws
        -> (answer: MailAnswer, heard: String)
    {
        let server = try ScriptedServer(script)
        defer { server.stop() }
        let port = server.port
        let answer = try await withCourier { courier in
            let sender = try #require(MailAddress("desk@mitra.example"))
            let recipient = try #require(MailAddress("asha@home.example"))
            var limits = OutgoingLimits()
            limits.total = .milliseconds(500)
            let message = Array("Subject: x\r\n\r\n.one\r\ntwo\r\n".utf8)
            return try await courier.deliver(
                Mail(from: sender, to: recipient, message: message),
                through: MailServer(
                    host: "127.0.0.1", port: port, encryption: encryption, name: "desk", password: "p:w"),
                limits: limits)
        }
        return (answer, server.conversations.first ?? "")
    }

    private var signedIn: [ScriptedServer.Step] {
        greeting + [.until("AUTH PLAIN¶"), .say("334 ¶"), .until("¶"), .say("235 in¶")]
    }
    private var untilData: [ScriptedServer.Step] { signedIn + upToData.dropFirst(greeting.count) }

    @Test("a mail is handed over whole, dots and all, and the server's word for it comes back")
    func taken() async throws {
        let (answer, heard) = try await deliver(
            untilData + [.until("¶.¶"), .say("250 queued as 4711¶"), .until("QUIT¶"), .say("221 bye¶")])
        #expect(answer == MailAnswer(code: 250, words: "queued as 4711"))
        #expect(answer.isTaken)
        #expect(heard.contains("AUTH PLAIN\r\nAGRlc2sAcDp3\r\n"))
        #expect(heard.contains("MAIL FROM:<desk@mitra.example>"))
        #expect(heard.contains("RCPT TO:<asha@home.example>\r\n"))
        #expect(heard.contains("\r\n\r\n..one\r\ntwo\r\n.\r\n"))
    }

    @Test("a recipient who is refused for now, or for good, is an answer", arguments: [451, 550])
    func refused(_ code: Int) async throws {
        let (answer, _) = try await deliver(
            signedIn + [
                .until("¶"), .say("250 ok¶"), .until("¶"), .say("\(code) no such person¶"), .until("¶"),
            ])
        #expect(answer == MailAnswer(code: code, words: "no such person"))
    }

    @Test("a mail that is refused after its last line is an answer", arguments: [452, 554])
    func refusedLate(_ code: Int) async throws {
        let (answer, _) = try await deliver(
            untilData + [.until("¶.¶"), .say("\(code) too much¶"), .until("¶")])
        #expect(answer.code == code)
        #expect(!answer.isTaken)
    }

    @Test("silence after the last line leaves open whether the mail was taken")
    func silent() async {
        await #expect(throws: OutgoingFault(.timeout, mayHaveArrived: true)) {
            _ = try await deliver(untilData + [.until("¶.¶"), .pause(milliseconds: 1500)])
        }
    }

    @Test("a server that never answers our goodbye holds up nobody", arguments: [250, 550])
    func mute(_ code: Int) async throws {
        let began = ContinuousClock.now
        let answer = try await deliver(
            untilData + [.until("¶.¶"), .say("\(code) so be it¶"), .pause(milliseconds: 1500)]
        ).answer
        #expect(answer.code == code)
        // libcurl by itself would wait for two minutes.
        #expect(began.duration(to: .now) < .seconds(20))
    }

    @Test("silence before the mail proves that it was not taken")
    func silentEarly() async {
        await #expect(throws: OutgoingFault(.timeout, mayHaveArrived: false)) {
            _ = try await deliver(greeting + [.pause(milliseconds: 1500)])
        }
    }

    @Test("a wrong password is told apart")
    func signIn() async {
        await #expect(throws: OutgoingFault(.signInRefused)) {
            _ = try await deliver(
                greeting + [.until("¶"), .say("334 ¶"), .until("¶"), .say("535 no¶"), .until("¶")])
        }
    }

    @Test("without STARTTLS nothing is said to a server that must offer it: no password, no name")
    func startTLS() async throws {
        let server = try ScriptedServer(greeting + [.until("QUIT¶")])
        defer { server.stop() }
        await #expect(throws: OutgoingFault(.untrusted)) {
            try await withCourier { [port = server.port] courier in
                let address = try #require(MailAddress("a@b.example"))
                return try await courier.deliver(
                    Mail(from: address, to: address, message: []),
                    through: MailServer(
                        host: "127.0.0.1", port: port, encryption: .afterGreeting, name: "desk",
                        password: "secret"))
            }
        }
        #expect(!server.conversations.joined().contains("AUTH"))
    }

    @Test(
        "an operator's address says how to speak to the server",
        arguments: [
            ("smtp://mail.example", MailServer(host: "mail.example", port: 587, encryption: .afterGreeting)),
            (
                "smtps://d:p%40w@mail.example",
                .init(host: "mail.example", port: 465, encryption: .fromTheStart, name: "d", password: "p@w")
            ),
            ("smtp://127.0.0.1:2525", .init(host: "127.0.0.1", port: 2525, encryption: .none)),
            ("smtp://[::1]:25?tls=on", .init(host: "::1", port: 25, encryption: .afterGreeting)),
            ("smtp://relay.internal:25?tls=off", .init(host: "relay.internal", port: 25, encryption: .none)),
        ])
    func server(_ text: String, _ expected: MailServer) throws {
        #expect(MailServer(try #require(ServerURL(text))) == expected)
    }
}

@Suite("The bytes of a mail")
struct MailMessageTests {
    private func message(subject: String = "Your visit", name: String = "Mitra Clinic") throws -> MailMessage
    {
        let from = Mailbox(name: name, address: try #require(MailAddress("desk@mitra.example")))
        let to = Mailbox(name: "", address: try #require(MailAddress("asha@home.example")))
        return MailMessage(
            from: from, to: to, subject: subject, text: "नमस्ते\nsee you", date: Instant(seconds: 784_111_777),
            id: UniqueID(high: 1, low: 2))
    }

    private func lines(_ message: MailMessage) -> [String] {
        String(decoding: message.bytes, as: UTF8.self).replacing("\r\n", with: "\u{1}").split(
            separator: "\u{1}", omittingEmptySubsequences: false
        ).map(String.init)
    }

    @Test("a plain mail has each field once, and lines that end as they must")
    func plain() throws {
        let text = String(decoding: try message().bytes, as: UTF8.self)
        #expect(
            text == """
                From: "Mitra Clinic" <desk@mitra.example>\r
                To: <asha@home.example>\r
                Subject: Your visit\r
                Date: Sun, 06 Nov 1994 08:49:37 +0000\r
                Message-ID: <00000000-0000-0001-0000-000000000002@mitra.example>\r
                Auto-Submitted: auto-generated\r
                MIME-Version: 1.0\r
                Content-Type: text/plain; charset=utf-8\r
                Content-Transfer-Encoding: base64\r
                \r
                4KSo4KSu4KS44KWN4KSk4KWHDQpzZWUgeW91\r\n
                """)
    }

    @Test(
        "no subject and no name can begin a field",
        arguments: ["a\r\nBcc: x@y.example", "a\nBcc: x", "a\r\n\r\nbody", "\u{0}"])
    func injection(_ evil: String) throws {
        let plain = try lines(message(subject: "x", name: "y")).count
        #expect(try lines(message(subject: evil, name: "y")).count == plain)
        #expect(try lines(message(subject: "x", name: evil)).count == plain)
        #expect(try !lines(message(subject: evil, name: evil)).contains { $0.lowercased().hasPrefix("bcc") })
    }

    @Test("a long subject in any script is folded into encoded words that are whole by themselves")
    func folded() throws {
        let subject = String(repeating: "अपॉइंटमेंट की पुष्टि ", count: 8)
        let all = try lines(message(subject: subject))
        #expect(all.allSatisfy { $0.utf8.count <= 78 })
        let start = try #require(all.firstIndex { $0.hasPrefix("Subject:") })
        let folded = all[(start + 1)...].prefix { $0.hasPrefix(" ") }
        #expect(folded.count > 5)
        #expect(folded.allSatisfy { $0.hasPrefix(" =?UTF-8?B?") && $0.hasSuffix("?=") })
    }

    @Test("an HTML part follows the plain one, and one POST ends such mails")
    func alternatives() throws {
        var mail = try message()
        mail.html = "<p>x</p>"
        mail.unsubscribe = "https://mitra.example/stop?t=1"
        let all = lines(mail)
        #expect(all.contains("List-Unsubscribe: <https://mitra.example/stop?t=1>"))
        #expect(all.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"))
        #expect(
            all.filter { $0.hasPrefix("Content-Type: text/") } == [
                "Content-Type: text/plain; charset=utf-8", "Content-Type: text/html; charset=utf-8",
            ])
    }

    @Test(
        "what is not one plain address is none",
        arguments: [
            "", "a", "@b", "a@", "a@b@c", "a b@c.d", "a@b\r\nX: y", "<a@b.c>", "a@-b.c", "a@b..c", "ä@b.c",
        ])
    func addresses(_ text: String) { #expect(MailAddress(text) == nil) }
}
