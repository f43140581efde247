import HTML
import Outgoing
import Vocabulary

/// Mail by SMTP: `smtp://name:password@mail.example:587?from=desk%40mitra.example&name=Mitra`.
struct MailDriver: MessageDriver {
    static let name = "smtp"
    /// The Message-ID is the message's own: a mailbox that gets it twice shows it once.
    static let doubt = Doubt.askAgain

    private let server: MailServer
    private let from: Mailbox

    init?(_ gateway: GatewayURL) {
        guard let server = MailServer(gateway.url),
            let address = (gateway.url.query["from"]).flatMap({ MailAddress($0) })
        else { return nil }
        self.server = server
        from = Mailbox(name: gateway.url.query["name"] ?? "", address: address)
    }

    func send(_ message: OutgoingMessage, with courier: Courier) async throws -> DriverAnswer {
        guard let address = MailAddress(message.address) else { return .refused("not-an-address") }
        let mail = Mail(from: from.address, to: address, message: bytes(of: message, to: address))
        do {
            let answer = try await courier.deliver(mail, through: server)
            if answer.isTaken { return .sent("<\(message.id.unique)@\(from.address.domain)>") }
            return answer.code < 500 ? .later(nil) : .refused("smtp-\(answer.code)")
        } catch let fault as OutgoingFault {
            return fault.answer
        }
    }

    private func bytes(of message: OutgoingMessage, to address: MailAddress) -> [UInt8] {
        let words = message.words
        var mail = MailMessage(
            from: Mailbox(name: from.name.isEmpty ? words.sender : from.name, address: from.address),
            to: Mailbox(name: "", address: address), subject: words.title, text: words.long,
            date: message.now,
            id: message.id.unique)
        mail.unsubscribe = message.unsubscribe
        mail.html = words.page ?? String(decoding: page(of: words).bytes, as: UTF8.self)
        return mail.bytes
    }

    private func page(of words: MessageWords) -> Markup {
        Markup.document(language: words.language.tag) {
            Tag.body(Attribute("dir", words.isRightToLeft ? "rtl" : "ltr")) {
                for line in words.long.split(separator: "\n") { Tag.p { String(line) } }
            }
        }
    }
}
