public import Vocabulary

/// One sign-in of one person on one device: what every token it gives out belongs to, and what ending ends
/// all of them.
public struct Session: Identified, Sendable {
    /// `ses_…`
    public static let idPrefix: StaticString = "ses"

    /// By what it was proven who it is.
    public enum Method: String, CaseIterable, Sendable {
        /// A code that reached their telephone or mailbox.
        case code
        /// A password.
        case password
        /// A passkey.
        case passkey
        /// The clinic's own OpenID provider has said so.
        case openID = "openid"
        /// The operator's command line, in development.
        case command
    }

    /// Why it is over.
    public enum Ending: String, CaseIterable, Sendable {
        /// The person left on this device.
        case signedOut = "signed-out"
        /// The person ended it from another device.
        case revoked
        /// Somebody who runs the clinic ended it.
        case dismissed
        /// A refresh token that had been used before came again: somebody has a copy.
        case reused
        /// A new password was chosen.
        case passwordChanged = "password-changed"
    }

    /// Which sign-in.
    public let id: ID<Session>
    /// Whose.
    public let person: Person
    /// By what it was proven who it is.
    public let method: Method
    /// What the device calls itself.
    public let device: String
    /// From where it was.
    public let address: String?
    /// When it was.
    public let createdAt: Instant
    /// When it was last refreshed.
    public let seenAt: Instant
    /// After this it cannot be refreshed.
    public let expiresAt: Instant

    /// A sign-in as it begins.
    public init(
        id: ID<Session>, of person: Person, by method: Method, device: String, address: String?,
        at now: Instant, lifetime: Duration
    ) {
        (self.id, self.person, self.method) = (id, person, method)
        (self.device, self.address) = (String(device.prefix(Self.deviceLengthMax)), address)
        (createdAt, seenAt, expiresAt) = (now, now, now + lifetime)
    }

    /// Longer names of devices are cut.
    public static let deviceLengthMax = 200
}
