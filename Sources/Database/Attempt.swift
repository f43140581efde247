import EventLoop

/// How one run of a transaction ended.
enum Attempt<Value> {
    case success(Value)
    /// How often in all it may be tried if it fails like this: once, if it may have left a trace.
    case failure(any Error, tries: Int)
}

extension LoopPool {
    /// For what the server has undone, and for what had no connection to leave by.
    static let triesOfUndone = 3

    /// Runs `attempt` again, after a short random pause and not beyond the deadline, while its failures are
    /// provably without trace: a deadlock or serialisation failure (the server rolled back), a statement that
    /// has to be prepared anew, or a connection that was lost before the commit.
    func rerunning<Value>(
        _ attempt: nonisolated(nonsending) () async throws -> Attempt<Value>
    ) async throws -> Value {
        let end = soon
        var run = 1
        while true {
            switch try await attempt() {
            case .success(let value): return value
            case .failure(let error, let tries):
                guard run < tries, loop.now < end else { throw error }
                try await loop.sleep(for: .milliseconds(Int.random(in: 1...(10 * run))))
                run += 1
            }
        }
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
                return .failure(error, tries: session.triesAllowed)
            }
        }
    }
}
