import CCurl
import Glibc

/// One mail on its way to one server.
// Unchecked: touched only on its loop's thread.
final class MailTransfer: Transfer, @unchecked Sendable {
    private static let goodbyeSeconds = 1

    private let mail: Mail
    private let server: MailServer
    private var fed = 0
    private var isFed = false

    init(_ mail: Mail, through server: MailServer, _ limits: OutgoingLimits) {
        (self.mail, self.server) = (mail, server)
        super.init(limits)
    }

    /// Before the last byte has left, no server can have taken the mail.
    override var mayHaveArrived: Bool { isFed }

    var mailAnswer: MailAnswer {
        let code = nadi_curl_answer_code(easy)
        let said = lines.last { $0.hasPrefix("\(code)") } ?? ""
        return MailAnswer(code: code, words: String(said.dropFirst(4)))
    }

    override func prepare(_ addresses: AddressGuard, authorities: String?) -> Bool {
        guard super.prepare(addresses, authorities: authorities),
            addresses.allowsPlainText || server.encryption != .none
        else { return false }
        let isTLSFirst = server.encryption == .fromTheStart
        set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        set(CURLOPT_USE_SSL, Int((server.encryption == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL).rawValue))
        set(CURLOPT_MAIL_FROM, "<\(mail.sender.text)>")
        set(CURLOPT_MAIL_RCPT, ["<\(mail.recipient.text)>"])
        if let name = server.name {
            set(CURLOPT_USERNAME, name)
            set(CURLOPT_PASSWORD, server.password ?? "")
        }
        set(CURLOPT_UPLOAD, 1)
        set(CURLOPT_FRESH_CONNECT, 1)
        let host = server.host.contains(":") ? "[\(server.host)]" : server.host
        let greeting = mail.sender.domain
        return set(CURLOPT_URL, "\(isTLSFirst ? "smtps" : "smtp")://\(host):\(server.port)/\(greeting)")
    }

    /// Before it closes a connection libcurl says QUIT and waits for the answer, for two minutes, and the
    /// loop with it. After a no it closes at once, so from then on it must not wait long.
    override func heard(_ line: String) {
        let isNo = line.first == "4" || line.first == "5"
        set(CURLOPT_SERVER_RESPONSE_TIMEOUT, isNo ? Self.goodbyeSeconds : 0)
    }

    /// And on a connection that it keeps there must be nobody left to wait for.
    override func leave() { nadi_curl_hang_up(easy) }

    override func feed(_ buffer: UnsafeMutablePointer<CChar>, _ room: Int) -> Int {
        let count = min(room, mail.message.count - fed)
        guard count > 0 else {
            isFed = true
            return 0
        }
        mail.message.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            memcpy(buffer, start + fed, count)
        }
        fed += count
        return count
    }

    /// A server that says no has answered; a fault is only what kept it from answering.
    override func fault(of result: CURLcode) -> OutgoingFault? {
        guard let fault = super.fault(of: result) else { return nil }
        let hasSaid = (400...599).contains(nadi_curl_answer_code(easy))
        return hasSaid && fault.kind == .broken ? nil : fault
    }
}
