/// A server that takes mail, and how to speak to it.
public struct MailServer: Sendable, Hashable {
    /// How the talk is kept from others.
    public enum Encryption: Sendable, Hashable {
        /// From the first byte, as on port 465.
        case fromTheStart
        /// After STARTTLS, which the server must offer.
        case afterGreeting
        /// Not at all: for a server on this machine, or where the operator said so.
        case none
    }

    /// Its name or address.
    public let host: String
    /// Its port.
    public let port: UInt16
    /// How the talk is kept from others.
    public let encryption: Encryption
    /// What to sign in with, if it asks for that.
    public let name: String?
    /// The password of that name.
    public let password: String?

    /// A server by its parts.
    public init(
        host: String, port: UInt16, encryption: Encryption, name: String? = nil, password: String? = nil
    ) {
        (self.host, self.port, self.encryption) = (host, port, encryption)
        (self.name, self.password) = (name, password)
    }

    /// Reads `smtp://name:password@host:587` and `smtps://…`. STARTTLS is required but on loopback;
    /// `?tls=off` goes without it elsewhere, for a network that is private otherwise.
    public init?(_ url: ServerURL) {
        guard ["smtp", "smtps"].contains(url.scheme), !url.host.isEmpty else { return nil }
        let isLocal = ["localhost", "127.0.0.1", "::1"].contains(url.host)
        let isPlain = url.query["tls"] == "off" || (isLocal && url.query["tls"] != "on")
        encryption = url.scheme == "smtps" ? .fromTheStart : isPlain ? .none : .afterGreeting
        (host, name, password) = (url.host, url.name, url.password)
        port = url.port ?? (url.scheme == "smtps" ? 465 : 587)
    }
}

/// A mail and whom it is for.
public struct Mail: Sendable {
    /// Whom the server tells when it cannot be delivered later.
    public let sender: MailAddress
    /// Who gets it: exactly one, so that what the server says is about them alone.
    public let recipient: MailAddress
    /// The message, as `MailMessage` writes it.
    public let message: [UInt8]

    /// A mail for one.
    public init(from sender: MailAddress, to recipient: MailAddress, message: [UInt8]) {
        (self.sender, self.recipient, self.message) = (sender, recipient, message)
    }
}

/// What the server said about a mail.
public struct MailAnswer: Sendable, Equatable {
    /// The code of its last answer: 250 took the mail, 4xx will perhaps later, 5xx never will.
    public let code: Int
    /// Its own words, without the code; the queue's name for the mail stands there.
    public let words: String

    /// Whether the server took the mail upon itself.
    public var isTaken: Bool { code == 250 }
}
