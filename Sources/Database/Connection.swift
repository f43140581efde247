import CLibPQ
import EventLoop
import Glibc

/// Who is told about the life of a connection.
protocol ConnectionOwner: AnyObject {
    /// It can be used.
    func opened(_ connection: Connection)
    /// Nothing is in flight on it any more.
    func drained(_ connection: Connection)
    /// It is closed, or could not be opened.
    func lost(_ connection: Connection, _ reason: String)
}

/// One connection to PostgreSQL: libpq in non-blocking pipeline mode, its socket watched by one loop.
// Unchecked: touched only on its loop's thread.
final class Connection: Channel, @unchecked Sendable {
    private enum State { case opening, open, closed }

    let loop: EventLoop
    /// When an attempt to open it is given up.
    let openBy: UInt64
    private(set) var handle: OpaquePointer?
    private(set) weak var owner: (any ConnectionOwner)?
    private var state = State.opening
    private var descriptor: Int32 = -1
    private var wantsToWrite = false
    /// The server has said that it ends this connection: it begins nothing any more.
    private var hasFarewell = false
    private var inFlight = Queue<Exchange>()
    private var statements = StatementCache()
    private var arguments = Arguments()
    /// Set while COPY or a script runs outside of pipeline mode: called on every event.
    var onActivity: (() -> Void)?
    /// Called for each NOTIFY with channel and payload.
    var onNotice: ((String, String) -> Void)?

    /// Begins to connect. The owner hears the outcome, never from within this call.
    init(to info: ConnectionInfo, on loop: EventLoop, patience: Duration, owner: any ConnectionOwner) {
        (self.loop, self.owner) = (loop, owner)
        openBy = loop.now + patience.milliseconds
        super.init()
        handle = startConnecting(info.keywords)
        hearFarewells()
        // Unix sockets are connected by now; the first poll waits for room to write, as libpq asks for.
        if PQstatus(handle) == CONNECTION_BAD {
            loop.schedule(after: .zero) { self.close() }
        } else {
            watch(.writable)
        }
    }

    var isOpen: Bool { state == .open }
    /// How many exchanges wait for their answers.
    var load: Int { inFlight.count }
    /// By when the oldest exchange must be answered.
    var deadline: UInt64? { state == .opening ? openBy : inFlight.first?.deadline }

    /// No transaction, nothing in flight, nothing unsent: whoever gets it next finds no trace of the last
    /// one.
    var isProvablyIdle: Bool {
        state == .open && inFlight.isEmpty && !wantsToWrite && onActivity == nil
            && PQstatus(handle) == CONNECTION_OK
            && PQtransactionStatus(handle) == PQTRANS_IDLE && PQpipelineStatus(handle) == PQ_PIPELINE_ON
    }

    /// Sends the statements and a Sync, in one write if the socket has room.
    func send(_ exchange: Exchange) {
        guard state == .open, !hasFarewell, PQstatus(handle) == CONNECTION_OK else {
            close()
            return exchange.lost(isUndone: true)
        }
        for name in statements.takeGarbage() { deallocate(name, exchange) }
        inFlight.append(exchange)
        for index in exchange.statements.indices where !append(exchange.statements[index], index, exchange) {
            return breakOff()
        }
        guard PQpipelineSync(handle) == 1 else { return breakOff() }
        flush()
    }

    /// Ends the connection and everything on it. The server notices and undoes what was not committed.
    func close(_ reason: String? = nil) {
        guard state != .closed else { return }
        let message = reason ?? PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        state = .closed
        unwatch()
        PQfinish(handle)
        handle = nil
        onActivity?()
        // Before anybody tries again: on another one.
        owner?.lost(self, message)
        var isNext = true
        for exchange in inFlight.removeAll() {
            // The server works in order: what it took leave before, it has not begun.
            exchange.lost(
                isUndone: exchange.refusedIndex != nil || hasFarewell && (!isNext || exchange.isBeforeCommit))
            isNext = false
        }
    }

    override func ready(_ events: Readiness) {
        switch state {
        case .opening: advance()
        case .open:
            if wantsToWrite { flush() }
            receive()
        case .closed: break
        }
    }

    /// Sends what libpq still holds; asks the loop to say when there is room for the rest.
    func flush() {
        let outcome = PQflush(handle)
        guard outcome >= 0 else { return breakOff() }
        guard wantsToWrite != (outcome == 1), descriptor >= 0 else { return }
        wantsToWrite = outcome == 1
        loop.change(descriptor, wantsToWrite ? [.readable, .writable] : .readable, self)
    }
}

extension Connection {
    /// A server that ends a connection on which nobody waits for an answer says so by the way: in what libpq
    /// takes for a notice.
    private func hearFarewells() {
        PQsetNoticeReceiver(
            handle,
            { connection, notice in
                guard let connection, DatabaseError.isFarewell(notice) else { return }
                Unmanaged<Connection>.fromOpaque(connection).takeUnretainedValue().hasFarewell = true
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func advance() {
        // libpq may close its socket and open another one within this call.
        unwatch()
        switch PQconnectPoll(handle) {
        case PGRES_POLLING_READING: watch(.readable)
        case PGRES_POLLING_WRITING: watch(.writable)
        case PGRES_POLLING_OK: becomeOpen()
        default: close()
        }
    }

    private func becomeOpen() {
        guard PQsetnonblocking(handle, 1) == 0, PQenterPipelineMode(handle) == 1 else { return close() }
        state = .open
        watch(.readable)
        owner?.opened(self)
    }

    /// Watches a duplicate: libpq closes its own descriptor when it likes, and the number may be someone
    /// else's before we hear of it.
    private func watch(_ events: Readiness) {
        descriptor = fcntl(PQsocket(handle), F_DUPFD_CLOEXEC, 0)
        guard descriptor >= 0 else {
            loop.schedule(after: .zero) { self.close("no descriptor left") }
            return
        }
        loop.watch(descriptor, events, self)
    }

    private func unwatch() {
        guard descriptor >= 0 else { return }
        loop.unwatch(descriptor, self)
        Glibc.close(descriptor)
        descriptor = -1
    }

    private func append(_ sql: SQL, _ index: Int, _ exchange: Exchange) -> Bool {
        let key = StatementKey(sql)
        let known = statements.name(of: key)
        let name = known ?? statements.add(key)
        if known == nil {
            guard arguments.prepare(sql, as: name, on: handle) else { return false }
            exchange.expectations.append(.preparation(key, of: index))
        }
        exchange.expectations.append(.execution(index))
        return arguments.execute(sql, as: name, on: handle)
    }

    private func deallocate(_ name: Int, _ exchange: Exchange) {
        guard PQsendQueryParams(handle, deallocation(of: name), 0, nil, nil, nil, nil, 1) == 1 else { return }
        exchange.expectations.append(.deallocation(name))
    }

    private func receive() {
        guard PQconsumeInput(handle) == 1 else { return breakOff() }
        if let onActivity { return onActivity() }
        let wasBusy = !inFlight.isEmpty
        hear()
        guard state == .open else { return }
        takeNotices()
        if hasFarewell { return close() }
        if wasBusy, inFlight.isEmpty { owner?.drained(self) }
    }

    /// Closes a connection that is broken, but hears first what the server said before: its last word may
    /// prove that nothing was committed.
    private func breakOff() {
        if state == .open, onActivity == nil { hear() }
        close()
    }

    private func hear() {
        var separators = 0
        while state == .open, let exchange = inFlight.first, PQisBusy(handle) == 0 {
            if let result = PQgetResult(handle) {
                separators = 0
                take(result, for: exchange)
            } else {
                // One NULL ends each statement's answers; two in a row mean libpq expects nothing, and we do.
                separators += 1
                if separators > 2 { close("The server's answers do not match what was sent.") }
            }
        }
    }

    private func take(_ result: OpaquePointer, for exchange: Exchange) {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: succeed(result, exchange)
        case PGRES_PIPELINE_SYNC:
            PQclear(result)
            _ = inFlight.popFirst()
            if inFlight.isEmpty { settle() }
            exchange.finished()
        case PGRES_PIPELINE_ABORTED:
            PQclear(result)
            skip(exchange)
        default:
            let (error, isFarewell) = (DatabaseError(result), DatabaseError.isFarewell(result))
            PQclear(result)
            // What a proxy says of itself (class 08) tells nothing of the server behind it.
            if isFarewell, error.state?.family != "08" { hasFarewell = true }
            // libpq reports a lost connection as a fault of the statement.
            guard !isFarewell, PQstatus(handle) == CONNECTION_OK else { return close() }
            refuse(exchange, error)
        }
    }

    /// After the last Sync libpq says "idle" only when asked once more.
    private func settle() {
        if PQisBusy(handle) == 0, let stray = PQgetResult(handle) { PQclear(stray) }
    }

    private func succeed(_ result: OpaquePointer, _ exchange: Exchange) {
        if case .execution(let index)? = exchange.nextExpectation() {
            exchange.answered(index, Answer(result: result))
        } else {
            PQclear(result)
        }
    }

    private func skip(_ exchange: Exchange) {
        switch exchange.nextExpectation() {
        case .preparation(let key, _): statements.forget(key)
        case .deallocation(let name): statements.putBack(name)
        case .execution(let index): exchange.skip(index)
        case nil: break
        }
    }

    private func refuse(_ exchange: Exchange, _ error: DatabaseError) {
        switch exchange.nextExpectation() {
        case .preparation(let key, let index):
            statements.forget(key)
            exchange.refuse(index, error)
        case .deallocation: break
        case .execution(let index):
            if error.state == .staleStatement { statements.discard(StatementKey(exchange.statements[index])) }
            if error.state == .unknownStatement {
                statements.forget(StatementKey(exchange.statements[index]))
            }
            exchange.refuse(index, error)
        case nil: exchange.refuse(exchange.statements.count, error)
        }
    }

    private func takeNotices() {
        while let notice = PQnotifies(handle) {
            defer { PQfreemem(notice) }
            onNotice?(String(cString: notice.pointee.relname), String(cString: notice.pointee.extra))
        }
    }
}
