import Crypto
import Database
import EndpointKit
import HTTP
import Shapes
import Vocabulary

/// One caller's claim that this request is the only one with its key, until the answer is kept in the key's
/// row.
///
/// The row is written in the transaction of the effect, so that there is an answer exactly when there is an
/// effect: a process that dies in between leaves neither.
struct IdempotencyClaim: Sendable {
    let caller: UniqueID
    let key: IdempotencyKey
    let endpoint: String
    /// Of everything that makes the request what it is: a key must not answer for another intention.
    let digest: [UInt8]

    init(caller: UniqueID, key: IdempotencyKey, _ http: HTTPRequest) {
        (self.caller, self.key) = (caller, key)
        endpoint = "\(http.method.rawValue) \(http.path)"
        // Neither path nor query holds a NUL, so nothing can be moved from one into the other.
        digest = SHA256.digest(of: Array("\(endpoint)\0\(http.query)\0".utf8), http.body)
    }

    /// Runs `body` in a transaction that holds the claim and keeps its answer.
    ///
    /// Throws `Replay` when the key has been answered already. The claim and the answer cost no trip of their
    /// own: the one leaves with the first statement of `body`, the other with the commit.
    nonisolated(nonsending) func write<Answer: Answerable>(
        in clinic: TenantDatabase,
        _ body: nonisolated(nonsending) (borrowing Transaction) async throws -> Answer
    ) async throws -> Answer {
        for _ in 1...Self.attempts {
            do {
                return try await clinic.write { transaction in
                    transaction.queue(.stake(self, tenant: clinic.tenant))
                    let answer = try await body(transaction)
                    transaction.queue(.keep(StoredAnswer(answer), for: self, tenant: clinic.tenant))
                    return answer
                }
            } catch let error as DatabaseError where error.constraint == SQL.keyIsInUse {
                throw Problem(.requestInProgress)
            } catch let error as DatabaseError where error.constraint == SQL.keyIsTaken {
                try await replayOrForget(in: clinic)
            }
        }
        throw Problem(.requestInProgress)
    }

    /// The second is for a key that was found to have expired.
    private static let attempts = 2

    /// A key within its keeping time is answered as it was; an older one is forgotten and as good as new.
    private nonisolated(nonsending) func replayOrForget(in clinic: TenantDatabase) async throws {
        guard let kept: KeptAnswer = try await clinic.row(.kept(for: self, tenant: clinic.tenant)) else {
            try await clinic.once(.forgetExpired(self, tenant: clinic.tenant))
            return
        }
        guard kept.digest == digest, kept.endpoint == endpoint else { throw Problem(.idempotencyKeyReused) }
        throw Replay(answer: kept.answer)
    }
}

/// The answer that a key has got already: thrown through the handler, which has nothing more to do.
struct Replay: Error {
    let answer: StoredAnswer
}
