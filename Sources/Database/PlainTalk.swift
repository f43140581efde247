import CLibPQ
import EventLoop
import Glibc

/// A connection taken out of pipeline mode, for what pipelines do not allow: COPY, and scripts of many
/// statements.
final class PlainTalk {
    private let connection: Connection
    private var continuation: UnsafeContinuation<Void, Never>?

    /// Nothing may be in flight on the connection.
    init(on connection: Connection) throws {
        self.connection = connection
        guard connection.isOpen, PQexitPipelineMode(connection.handle) == 1 else { throw DatabaseError.away }
        connection.onActivity = { [weak self] in self?.wake() }
    }

    /// Goes back to pipeline mode. If the server still has something to say the connection is not idle, and
    /// whoever takes it back will notice.
    func end() {
        guard connection.isOpen else { return }
        if PQenterPipelineMode(connection.handle) == 1 {
            connection.onActivity = nil
        } else {
            connection.close()
        }
    }

    /// Runs a script of any number of statements; the rows of the last one, as text.
    @discardableResult
    func run(_ script: String) async throws -> [[String?]] {
        try check(PQsendQuery(connection.handle, script))
        return try await finish()
    }

    /// Runs one statement with values, all of them text; its rows, as text.
    @discardableResult
    func run(_ statement: String, with values: [String]) async throws -> [[String?]] {
        let copies = values.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        let pointers = copies.map { UnsafePointer($0) }
        try check(
            PQsendQueryParams(connection.handle, statement, Int32(values.count), nil, pointers, nil, nil, 0))
        return try await finish()
    }

    var isInTransaction: Bool { PQtransactionStatus(connection.handle) == PQTRANS_INTRANS }

    /// Begins a COPY; true if the server is ready for it in the direction that `status` says.
    func begin(_ copy: SQL, expecting status: ExecStatusType) async throws {
        try check(PQsendQuery(connection.handle, copy.text))
        let result = try await nextResult()
        defer { PQclear(result) }
        if PQresultStatus(result) == status { return }
        let error = result.map { DatabaseError($0) } ?? .away
        try await skipResults()
        throw error
    }

    /// Hands over bytes, waiting while the server takes its time.
    func put(_ bytes: [UInt8]) async throws {
        while true {
            let outcome = bytes.withUnsafeBytes { buffer in
                PQputCopyData(
                    connection.handle, buffer.bindMemory(to: CChar.self).baseAddress, Int32(buffer.count))
            }
            try check(outcome < 0 ? 0 : 1)
            if outcome == 1 { break }
            try await roomToWrite()
        }
        // libpq would buffer without end: wait until the socket has taken it.
        while PQflush(connection.handle) == 1 { try await roomToWrite() }
    }

    /// Ends a COPY in; with a reason, the server takes none of it.
    func endPut(because reason: String? = nil) async throws -> Int {
        while true {
            let outcome = PQputCopyEnd(connection.handle, reason)
            try check(outcome < 0 ? 0 : 1)
            if outcome == 1 { break }
            try await roomToWrite()
        }
        connection.flush()
        var count = 0
        try await finish { count = ResultSet.count(of: $0) }
        return count
    }

    /// The next bytes of a COPY out; nil at the end.
    func take() async throws -> [UInt8]? {
        var buffer: UnsafeMutablePointer<CChar>?
        while true {
            let count = PQgetCopyData(connection.handle, &buffer, 1)
            if count > 0, let buffer {
                defer { PQfreemem(buffer) }
                return Array(UnsafeRawBufferPointer(start: buffer, count: Int(count)))
            }
            guard count == 0 else { break }
            try await activity()
        }
        try await finish()
        return nil
    }

    @discardableResult
    private func finish(_ look: (OpaquePointer) -> Void = { _ in }) async throws -> [[String?]] {
        var (rows, failure): ([[String?]], DatabaseError?) = ([], nil)
        connection.flush()
        while let result = try await nextResult() {
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: look(result)
            case PGRES_TUPLES_OK: rows = Self.text(of: result)
            default: failure = failure ?? DatabaseError(result)
            }
        }
        if let failure { throw failure }
        return rows
    }

    private func skipResults() async throws {
        while let result = try await nextResult() { PQclear(result) }
    }

    private func nextResult() async throws -> OpaquePointer? {
        connection.flush()
        while connection.isOpen, PQisBusy(connection.handle) == 1 { try await activity() }
        guard connection.isOpen else { throw DatabaseError.away }
        return PQgetResult(connection.handle)
    }

    private func roomToWrite() async throws {
        connection.flush()
        try await activity()
    }

    private func activity() async throws {
        guard connection.isOpen else { throw DatabaseError.away }
        await withUnsafeContinuation { continuation = $0 }
        guard connection.isOpen else { throw DatabaseError.away }
    }

    private func wake() {
        continuation?.resume()
        continuation = nil
    }

    private func check(_ outcome: Int32) throws {
        guard outcome == 1, connection.isOpen else { throw DatabaseError.away }
    }

    private static func text(of result: OpaquePointer) -> [[String?]] {
        (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { column in
                guard PQgetisnull(result, row, column) == 0, let value = PQgetvalue(result, row, column)
                else { return nil }
                return String(cString: value)
            }
        }
    }
}
