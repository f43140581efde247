public import Crypto
public import Database
import EndpointKit
import EventLoop
import Vocabulary

/// An RSA key that signs once, its name, and the turn that was taken for it.
public struct ProgramKey: Sendable {
    /// The name that tokens carry.
    public let id: KeyID
    let signingKey: RSASigningKey
    private let turn: SlowWork.Turn

    init(_ signingKey: RSASigningKey, in turn: SlowWork.Turn) {
        (id, self.signingKey, self.turn) = (KeyID(of: signingKey), signingKey, turn)
    }

    /// What proves that the key has seen `bytes`, made where no loop waits for it.
    public func signature(of bytes: [UInt8]) async -> [UInt8] {
        await turn.run { [signingKey] in signingKey.signature(of: bytes) }
    }
}

/// The RSA keys that sign what programs are told, where a program knows nothing better: in rows of their own,
/// so that nothing that reads the house's tokens ever meets one.
public struct ProgramKeys: Sendable {
    private let database: Database
    private let sealing: SealingKey
    /// Keys and signatures, one at a time and none of them on a loop. A line of their own: behind all the
    /// passwords that may wait for theirs a signature would come seconds late, here after 150 ms at most.
    private let slow = SlowWork(threads: 1, waitingMax: 256)

    /// The keys in this database, under this installation's secret.
    public init(in database: Database, under secret: Secret) {
        (self.database, sealing) = (database, secret.sealingKey(for: "keys for programs"))
    }

    /// The key that signs now; throws where the platform's login has not made one yet, and a problem where
    /// more signatures are asked for than anybody would wait for.
    public func current() async throws -> ProgramKey {
        guard let turn = try? slow.turn() else { throw Problem.unavailable(retryAfter: 5) }
        guard let row = try await database.platformRow(Self.readCurrent, as: SigningKeys.SealedKey.self)
        else { throw SigningKeys.Fault.none }
        guard let bytes = sealing.open(row.box, context: Array(row.id.utf8)) else {
            throw SigningKeys.Fault.sealedUnderAnotherSecret
        }
        let key = ProgramKey(try RSASigningKey(rawBytes: bytes), in: turn)
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
        return KeyID(of: key)
    }

    private func fresh() async throws -> RSASigningKey {
        try await slow.run { RSASigningKey.make() }
    }

    /// The name binds the box to its row: a box moved to another row does not open.
    private func add(_ key: RSASigningKey) -> SQL {
        let id = KeyID(of: key)
        let box = sealing.seal(key.rawBytes, context: Array(id.text.utf8))
        return Self.add(id, modulus: key.modulus, box)
    }
}
