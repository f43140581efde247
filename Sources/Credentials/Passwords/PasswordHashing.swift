import Crypto
import EndpointKit
import EventLoop

/// Makes and judges passwords where no loop waits for it.
struct PasswordHashing: Sendable {
    /// What one guess costs us, and whoever has stolen both the database and the secret: some 75 ms and 64
    /// MiB on one core of our machines. When this grows, each password is hashed anew at its next sign-in.
    static let usualCost = PasswordHash.Cost(passes: 2, memoryBytes: 64 << 20)

    /// What was found out about a password.
    struct Judgement: Sendable {
        let isRight: Bool
        /// The same password at today's costs, where it was kept at others.
        let renewed: PasswordHash?
    }

    private let pepper: [UInt8]
    private let slow: SlowWork
    let cost: PasswordHash.Cost

    init(under secret: Secret, on slow: SlowWork, cost: PasswordHash.Cost = usualCost) {
        (pepper, self.slow, self.cost) = (secret.key(for: "passwords"), slow, cost)
    }

    /// A new hash.
    func hash(_ password: String) async throws -> PasswordHash {
        let (bytes, cost) = (peppered(password), cost)
        guard let hash = try await doing({ PasswordHash(of: bytes, cost: cost) }) else { throw Self.tooBusy }
        return hash
    }

    /// Whether it is the password of that hash. Where there is none a hash is made instead, which takes just
    /// as long: nobody learns by waiting who has a password here.
    func judge(_ password: String, against hash: PasswordHash?) async throws -> Judgement {
        let (bytes, cost) = (peppered(password), cost)
        return try await doing {
            guard let hash else {
                _ = PasswordHash(of: bytes, cost: cost)
                return Judgement(isRight: false, renewed: nil)
            }
            let isRight = hash.accepts(bytes)
            let isOld = isRight && hash.differs(from: cost)
            return Judgement(isRight: isRight, renewed: isOld ? PasswordHash(of: bytes, cost: cost) : nil)
        }
    }

    /// Whether it is the password of any of these.
    func isAny(_ password: String, of hashes: [PasswordHash]) async throws -> Bool {
        let bytes = peppered(password)
        return try await doing { hashes.contains { $0.accepts(bytes) } }
    }

    private func doing<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async throws -> Result {
        do { return try await slow.run(work) } catch is SlowWork.Overloaded { throw Self.tooBusy }
    }

    private static var tooBusy: Problem { .unavailable(retryAfter: 5) }

    /// The database's thief needs the installation's secret, too.
    private func peppered(_ password: String) -> [UInt8] {
        HMAC.sha256(of: Array(password.utf8), key: pepper)
    }
}
