import CCurl
import EventLoop

/// libcurl's multi interface on one loop: it says which sockets to watch and when to be woken.
// Unchecked: touched only on its loop's thread; `Courier` hands it out on that thread alone.
final class LoopCourier: @unchecked Sendable {
    private static let transfersMax = 512
    private static let (connectionsMax, connectionsPerHostMax) = (64, 16)

    let loop: EventLoop
    private let addresses: AddressGuard
    private let authorities: String?
    /// Made at the first use, on the loop.
    private var multi: UnsafeMutableRawPointer?
    private var transfers: [UnsafeMutableRawPointer: Transfer] = [:]
    private var sockets: [Int32: SocketChannel] = [:]
    private var timer: TimerID?
    private var turnstiles: [String: Turnstile] = [:]
    private var isClosed = false
    private static let patience = Duration.seconds(10)

    init(_ addresses: AddressGuard, on loop: EventLoop, authorities: String?) {
        (self.addresses, self.loop, self.authorities) = (addresses, loop, authorities)
    }

    /// Sends a transfer on its way and waits until it has ended.
    func carry<Carried: Transfer>(_ transfer: Carried) async throws -> Carried {
        try Task.checkCancellation()
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { (continuation: UnsafeContinuation<Void, any Error>) in
                // A cancellation after this line is served when this closure has returned, not before.
                guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
                transfer.continuation = continuation
                begin(transfer)
            }
        } onCancel: { [loop] in
            loop.execute { self.end(transfer, CancellationError()) }
        }
        return transfer
    }

    func enter(_ server: String) async throws -> Bool {
        let known = turnstiles[server] ?? Turnstile(on: loop, atOnce: Self.connectionsPerHostMax)
        turnstiles[server] = known
        return try await known.enter(patience: Self.patience)
    }

    func leave(_ server: String) {
        turnstiles[server]?.leave()
        if turnstiles[server]?.isIdle == true { turnstiles[server] = nil }
    }

    func close() {
        isClosed = true
        for transfer in transfers.values { end(transfer, CancellationError()) }
        if let multi { curl_multi_cleanup(multi) }
        multi = nil
        if let timer { loop.cancel(timer) }
    }

    private func begin(_ transfer: Transfer) {
        guard !isClosed, transfers.count < Self.transfersMax, let multi = multi ?? makeMulti() else {
            return transfer.finish(OutgoingFault(.busy))
        }
        guard transfer.prepare(addresses, authorities: authorities),
            curl_multi_add_handle(multi, transfer.easy) == CURLM_OK
        else { return transfer.finish(OutgoingFault(.badAddress)) }
        transfers[transfer.easy] = transfer
    }

    private func end(_ transfer: Transfer, _ error: (any Error)?) {
        guard transfers.removeValue(forKey: transfer.easy) != nil, let multi else { return }
        transfer.leave()
        curl_multi_remove_handle(multi, transfer.easy)
        transfer.finish(error)
    }

    /// Transfers that have ended since the last look.
    private func collect() {
        var waiting: Int32 = 0
        while let multi, let message = curl_multi_info_read(multi, &waiting) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let transfer = transfers[easy]
            else { continue }
            end(transfer, transfer.fault(of: message.pointee.data.result))
        }
    }
}

/// What libcurl asks of the loop, and the loop tells libcurl.
extension LoopCourier {
    private static let isGlobalReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private func makeMulti() -> UnsafeMutableRawPointer? {
        guard Self.isGlobalReady, let made = curl_multi_init() else { return nil }
        let me = Unmanaged.passUnretained(self).toOpaque()
        nadi_curl_watch(
            made, me,
            { _, socket, what, me, _ in
                guard let me else { return -1 }
                Unmanaged<LoopCourier>.fromOpaque(me).takeUnretainedValue().watch(socket, what)
                return 0
            },
            { _, milliseconds, me in
                guard let me else { return -1 }
                Unmanaged<LoopCourier>.fromOpaque(me).takeUnretainedValue().wake(after: milliseconds)
                return 0
            })
        nadi_curl_limit(made, Self.connectionsMax, Self.connectionsPerHostMax)
        multi = made
        return made
    }

    private func watch(_ socket: Int32, _ what: Int32) {
        if what == CURL_POLL_REMOVE {
            if let channel = sockets.removeValue(forKey: socket) { loop.unwatch(socket, channel) }
            return
        }
        var events: Readiness = []
        if what & CURL_POLL_IN != 0 { events.insert(.readable) }
        if what & CURL_POLL_OUT != 0 { events.insert(.writable) }
        if let channel = sockets[socket] { return loop.change(socket, events, channel) }
        let channel = SocketChannel(socket, of: self)
        sockets[socket] = channel
        loop.watch(socket, events, channel)
    }

    private func wake(after milliseconds: Int) {
        if let timer { loop.cancel(timer) }
        timer = nil
        guard milliseconds >= 0 else { return }
        timer = loop.schedule(after: .milliseconds(milliseconds)) { [weak self] in
            self?.timer = nil
            self?.drive(CURL_SOCKET_TIMEOUT, 0)
        }
    }

    fileprivate func ready(_ socket: Int32, _ events: Readiness) {
        var bits: Int32 = 0
        if events.contains(.readable) || events.contains(.hungUp) { bits |= CURL_CSELECT_IN }
        if events.contains(.writable) { bits |= CURL_CSELECT_OUT }
        if events.contains(.failed) { bits |= CURL_CSELECT_ERR }
        drive(socket, bits)
    }

    private func drive(_ socket: Int32, _ bits: Int32) {
        guard let multi else { return }
        var running: Int32 = 0
        curl_multi_socket_action(multi, socket, bits, &running)
        collect()
    }
}

/// One socket of libcurl's.
// Unchecked: touched only on its loop's thread.
private final class SocketChannel: Channel, @unchecked Sendable {
    private let socket: Int32
    private weak var courier: LoopCourier?

    init(_ socket: Int32, of courier: LoopCourier) { (self.socket, self.courier) = (socket, courier) }

    override func ready(_ events: Readiness) { courier?.ready(socket, events) }
}
