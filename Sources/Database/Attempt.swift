import EventLoop

/// How one run of a transaction ended.
enum Attempt<Value> {
    case success(Value)
    case failure(any Error, isProvablyUndone: Bool)
}

extension LoopPool {
    /// Runs `attempt` again, twice at most and after a short random pause, while its failures are provably
    /// without trace: a deadlock or serialisation failure (the server rolled back), a statement that has to
    /// be prepared anew, or a connection that was lost before anything was sent.
    func rerunning<Value>(
        _ attempt: nonisolated(nonsending) () async throws -> Attempt<Value>
    ) async throws -> Value {
        for run in 1...3 {
            switch try await attempt() {
            case .success(let value): return value
            case .failure(let error, let isProvablyUndone):
                guard isProvablyUndone, run < 3 else { throw error }
                try await loop.sleep(for: .milliseconds(Int.random(in: 1...(10 * run))))
            }
        }
        throw DatabaseError.away
    }

    /// Runs `body` in a transaction: commits when it returns, rolls back when it throws.
    func transact<Scope: TransactionScope & ~Copyable, Value>(
        _ open: () -> Scope, _ body: nonisolated(nonsending) (borrowing Scope) async throws -> Value
    ) async throws -> Value {
        try await rerunning {
            let scope = open()
            let session = scope.conversation.session
            defer { session.end() }
            do {
                let value = try await body(scope)
                try await session.commit()
                announce(session.announced)
                return .success(value)
            } catch {
                return .failure(error, isProvablyUndone: session.isProvablyUndone)
            }
        }
    }
}
