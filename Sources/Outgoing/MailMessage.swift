import Crypto
import HTTP
public import Vocabulary

/// A mail as its reader sees it, and the bytes that say so: RFC 5322 and MIME, ready for a DKIM signature on
/// the way (every line short, every line break CRLF, one of each field).
public struct MailMessage: Sendable {
    /// Who writes.
    public var from: Mailbox
    /// Who reads.
    public var to: Mailbox
    /// Where an answer goes, if elsewhere.
    public var replyTo: Mailbox?
    /// What it is about.
    public var subject: String
    /// The words, for every reader.
    public var text: String
    /// The same words as a page.
    public var html: String?
    /// When it was written.
    public var date: Instant
    /// The same for every try to send this mail, so that a mailbox that got it twice shows it once.
    public var id: UniqueID
    /// Where one POST ends such mails (RFC 8058).
    public var unsubscribe: String?

    /// A mail without an HTML part and without a way to end such mails.
    public init(
        from: Mailbox, to: Mailbox, subject: String, text: String, date: Instant, id: UniqueID
    ) {
        (self.from, self.to, self.subject, self.text) = (from, to, subject, text)
        (self.date, self.id) = (date, id)
    }

    /// The message, from its first field to its last line.
    public var bytes: [UInt8] {
        var head = MailHead()
        head.add("From", from)
        head.add("To", to)
        if let replyTo { head.add("Reply-To", replyTo) }
        head.add("Subject", text: subject)
        head.add(
            "Date",
            token: String(decoding: HTTPDate.bytes(secondsSince1970: Int(date.seconds)), as: UTF8.self)
                .replacingGMT)
        head.add("Message-ID", token: "<\(id)@\(from.address.domain)>")
        if let unsubscribe {
            head.add("List-Unsubscribe", token: "<\(unsubscribe.asURLToken)>")
            head.add("List-Unsubscribe-Post", token: "List-Unsubscribe=One-Click")
        }
        // Mailboxes answer a machine's mail with notes about holidays unless told not to.
        head.add("Auto-Submitted", token: "auto-generated")
        head.add("MIME-Version", token: "1.0")
        return html.map { head.bytes + alternatives(text, $0) } ?? head.bytes + Self.part("plain", text)
    }

    /// The last part is the best one, says RFC 2046.
    private func alternatives(_ text: String, _ html: String) -> [UInt8] {
        // An underscore is no letter of base 64, so no part can hold the line that ends it.
        let boundary = "=_\(id)"
        var bytes = Array("Content-Type: multipart/alternative; boundary=\"\(boundary)\"\r\n\r\n".utf8)
        for part in [Self.part("plain", text), Self.part("html", html)] {
            bytes += Array("--\(boundary)\r\n".utf8) + part + Array("\r\n".utf8)
        }
        return bytes + Array("--\(boundary)--\r\n".utf8)
    }

    private static func part(_ subtype: StaticString, _ text: String) -> [UInt8] {
        let head = "Content-Type: text/\(subtype); charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        let encoded = Base64.encode(Array(lines.utf8))
        var bytes = Array(head.utf8)
        for start in stride(from: 0, to: encoded.count, by: 76) {
            bytes += encoded[start..<min(start + 76, encoded.count)] + Array("\r\n".utf8)
        }
        return bytes
    }
}

extension String {
    /// `GMT` is the web's word; a mail's date has an offset.
    fileprivate var replacingGMT: String { hasSuffix("GMT") ? dropLast(3) + "+0000" : self }

    /// Without what could end the brackets or the line.
    fileprivate var asURLToken: String {
        String(decoding: utf8.filter { $0 > 32 && $0 < 127 && $0 != 60 && $0 != 62 }, as: UTF8.self)
    }
}
