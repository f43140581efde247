public import Access
public import Database
import EndpointKit
public import Identity
public import Shapes
import HTTP

extension CallerRequest {
    /// Writes to the clinic's rows and makes the answer, both at most once for each `Idempotency-Key` of this
    /// caller.
    ///
    /// `body` runs in one transaction, commits when it returns, and may be run again after a deadlock (as
    /// `TenantDatabase.write` says). Return from it what the endpoint answers: it is kept with the key.
    public func write<Answer: Answerable>(
        _ body: nonisolated(nonsending) (borrowing Transaction) async throws -> Answer
    ) async throws -> Answer {
        guard let key = http[.idempotencyKey].flatMap(IdempotencyKey.init) else {
            return try await clinic.write(body)
        }
        let claim = IdempotencyClaim(caller: caller.id, key: key, http)
        return try await claim.write(in: clinic, body)
    }
}

extension Permit {
    /// Writes to the clinic's rows and makes the answer, both at most once for each `Idempotency-Key` of this
    /// caller.
    ///
    /// See `CallerRequest.write`.
    public func write<Answer: Answerable>(
        _ body: nonisolated(nonsending) (borrowing Transaction) async throws -> Answer
    ) async throws -> Answer {
        try await request.write(body)
    }
}
