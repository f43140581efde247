import CLibPQ

extension TransactionScope where Self: ~Copyable {
    /// Writes many rows at once: `COPY … FROM STDIN`, fed chunk by chunk until `next` returns nil. A chunk is
    /// asked for when the server has taken the one before, so no more than one is ever held. How many rows.
    ///
    /// If `next` throws, the server is told so, takes nothing, and the transaction can only be rolled back.
    @discardableResult
    public func copyIn(
        _ copy: SQL, _ next: nonisolated(nonsending) () async throws -> [UInt8]?
    ) async throws -> Int {
        try await outsideOfPipeline { talk in
            try await talk.begin(copy, expecting: PGRES_COPY_IN)
            do {
                while let chunk = try await next() {
                    try Task.checkCancellation()
                    try await talk.put(chunk)
                }
            } catch {
                _ = try? await talk.endPut(because: "given up by the client")
                throw error
            }
            return try await talk.endPut()
        }
    }

    /// Reads many rows at once: `COPY … TO STDOUT`, handed over row by row. The server waits while `row`
    /// does.
    public func copyOut(
        _ copy: SQL, _ row: nonisolated(nonsending) ([UInt8]) async throws -> Void
    ) async throws {
        try await outsideOfPipeline { talk in
            try await talk.begin(copy, expecting: PGRES_COPY_OUT)
            while let bytes = try await talk.take() {
                try Task.checkCancellation()
                try await row(bytes)
            }
        }
    }

    private func outsideOfPipeline<Value>(
        _ body: nonisolated(nonsending) (PlainTalk) async throws -> Value
    ) async throws -> Value {
        precondition(conversation.session.isCopyAllowed, "a transaction is lent to one task at a time")
        let talk = try PlainTalk(on: try await conversation.session.settle())
        defer { talk.end() }
        do { return try await body(talk) } catch {
            conversation.session.fail(error)
            throw error
        }
    }
}
