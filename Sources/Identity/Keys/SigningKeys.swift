public import Crypto
public import Database
import Vocabulary

/// The keys that sign tokens: made, changed and kept in the database, sealed.
public struct SigningKeys: Sendable {
    /// What stops a process from signing.
    public enum Fault: Error, Hashable, Sendable {
        /// The database holds no key: the platform's login has not made one yet.
        case none
        /// The key was sealed under another secret than this process was given.
        case sealedUnderAnotherSecret
    }

    private let database: Database
    private let sealing: SealingKey

    /// The keys in this database, under this installation's secret.
    public init(in database: Database, under secret: Secret) {
        (self.database, sealing) = (database, secret.sealingKey(for: "signing keys"))
    }

    /// The key that signs now.
    public func current() async throws -> IssuingKey {
        guard let row = try await database.platformRow(Self.readCurrent, as: SealedKey.self) else {
            throw Fault.none
        }
        guard let seed = sealing.open(row.box, context: Array(row.id.utf8)) else {
            throw Fault.sealedUnderAnotherSecret
        }
        let key = IssuingKey(try SigningKey(rawBytes: seed))
        guard key.id.text == row.id else { throw Fault.sealedUnderAnotherSecret }
        return key
    }

    /// The key that signs now; the first caller of all makes it.
    public func currentOrFirst() async throws -> IssuingKey {
        let (id, box, key) = fresh()
        if try await database.platformRow(Self.readCurrent, as: SealedKey.self) == nil {
            try await database.acrossAllTenantsUnsafely(because: "make the first signing key") { platform in
                _ = try await platform.run(Self.add(id, key.verifyingKey, box))
            }
        }
        return try await current()
    }

    /// Signs with a new key from now on. The old one verifies until its last token has expired.
    public func rotate() async throws -> IssuingKey {
        let (id, box, key) = fresh()
        try await database.acrossAllTenantsUnsafely(because: "rotate the signing key") { platform in
            platform.queue(Self.retireCurrent(after: AccessToken.lifetimeMax))
            _ = try await platform.run(Self.add(id, key.verifyingKey, box))
        }
        return try await current()
    }

    /// The name binds the box to its row: a box moved to another row does not open.
    private func fresh() -> (id: KeyID, box: [UInt8], key: SigningKey) {
        let key = SigningKey()
        let id = KeyID(of: key.verifyingKey)
        return (id, sealing.seal(key.rawBytes, context: Array(id.text.utf8)), key)
    }
}
