public import Crypto
public import Database
import EventLoop
import Vocabulary

/// An RSA key that signs, and its name.
public struct ProgramKey: Sendable {
    /// The name that tokens carry.
    public let id: KeyID
    /// The private key.
    public let signingKey: RSASigningKey

    init(_ signingKey: RSASigningKey) { (id, self.signingKey) = (KeyID(of: signingKey), signingKey) }
}

/// The RSA keys that sign what programs are told, where a program knows nothing better: in rows of their own,
/// so that nothing that reads the house's tokens ever meets one.
public struct ProgramKeys: Sendable {
    private let database: Database
    private let sealing: SealingKey
    /// One key at a time, and none of them on a loop.
    private let making = SlowWork(threads: 1, waitingMax: 4)

    /// The keys in this database, under this installation's secret.
    public init(in database: Database, under secret: Secret) {
        (self.database, sealing) = (database, secret.sealingKey(for: "keys for programs"))
    }

    /// The key that signs now; throws where the platform's login has not made one yet.
    public func current() async throws -> ProgramKey {
        guard let row = try await database.platformRow(Self.readCurrent, as: SigningKeys.SealedKey.self)
        else { throw SigningKeys.Fault.none }
        guard let bytes = sealing.open(row.box, context: Array(row.id.utf8)) else {
            throw SigningKeys.Fault.sealedUnderAnotherSecret
        }
        let key = ProgramKey(try RSASigningKey(rawBytes: bytes))
        guard key.id.text == row.id else { throw SigningKeys.Fault.sealedUnderAnotherSecret }
        return key
    }

    /// Makes the first key of all, where there is none: before the door opens, since it takes a while.
    public func prepare() async throws {
        guard try await database.platformRow(Self.readCurrent, as: SigningKeys.SealedKey.self) == nil else {
            return
        }
        let key = try await fresh()
        try await database.acrossAllTenantsUnsafely(because: "make the first key for programs") { platform in
            _ = try await platform.run(add(key))
        }
    }

    /// Signs with a new key from now on. The old one verifies until its last token has expired.
    public func rotate() async throws -> KeyID {
        let key = try await fresh()
        try await database.acrossAllTenantsUnsafely(because: "rotate the key for programs") { platform in
            platform.queue(Self.retireCurrent(after: AccessToken.lifetimeMax))
            _ = try await platform.run(add(key))
        }
        return key.id
    }

    private func fresh() async throws -> ProgramKey {
        ProgramKey(try await making.run { RSASigningKey.make() })
    }

    /// The name binds the box to its row: a box moved to another row does not open.
    private func add(_ key: ProgramKey) -> SQL {
        let box = sealing.seal(key.signingKey.rawBytes, context: Array(key.id.text.utf8))
        return Self.add(key.id, modulus: key.signingKey.modulus, box)
    }
}
