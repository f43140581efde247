public import Identity
public import Vocabulary

/// A passkey of a person's.
public struct Passkey: Identified, Sendable {
    /// `pky_…`
    public static let idPrefix: StaticString = "pky"
    /// How many a person may have.
    static let most = 20

    /// Names it to us.
    public let id: ID<Passkey>
    /// Whose it is.
    public let person: Person
    /// What the person calls it.
    public let name: String
    /// Whether it may live on several devices.
    public let isBackupEligible: Bool
    /// Whether it does.
    public let isBackedUp: Bool
    /// When it was made.
    public let madeAt: Instant
    /// When it was last used.
    public let usedAt: Instant?

    let credentialID: [UInt8]
    let publicKey: [UInt8]
    let count: UInt32
}

extension Passkey {
    var known: PasskeyAssertion.Known {
        PasskeyAssertion.Known(publicKey: publicKey, count: count, isBackupEligible: isBackupEligible)
    }
}
