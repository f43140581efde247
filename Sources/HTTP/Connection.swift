import EventLoop

/// One client: an actor on its loop, so that every call between it, the handler and the loop's database pool
/// is a plain call. Its whole life is `serve`.
actor Connection {
    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.serial.asUnownedSerialExecutor() }

    /// Answers wait for each other up to this many bytes, so that pipelined ones leave in one write.
    private static let gatheredBytesMax = 64 << 10

    let server: LoopServer
    nonisolated let socket: Socket
    private let peer: Peer
    nonisolated var peerAddress: IPAddress { peer.address }
    let parser: RequestParser
    var outgoing = Outgoing()
    var isClosing = false
    var isStreamChunked = false
    private var isInterimDue = false

    init(_ descriptor: Int32, _ peer: Peer, _ server: LoopServer) {
        loop = server.loop
        self.server = server
        self.peer = peer
        socket = Socket(descriptor, on: server.loop)
        parser = RequestParser(limits: server.parserLimits)
    }

    func start() {
        socket.begin(.idle, limit: server.configuration.idleLimit)
        socket.task = Task.immediate(executorPreference: loop) { await self.serve() }
    }

    /// Sends what has been gathered while a handler waits for something else.
    func flushSome() {
        // A failure is met again, and answered for, by whoever waits for the rest.
        _ = try? outgoing.sendSome(to: socket)
    }

    private func serve() async {
        do {
            while !isClosing, let (head, body) = try await nextRequest() {
                if let rest = try await answer(HTTPRequest(head: head, body: body, peer: peer)) {
                    return goOn(with: rest)
                }
            }
            try await flush()
            if isClosing { await linger() }
        } catch let fault as RequestFault {
            await refuse(fault)
        } catch SocketFault.timedOut where socket.phase == .receiving {
            await refuse(.timedOut)
        } catch {
            // Idle for too long, too slow a reader, or gone: nobody is left to be told.
        }
        close()
    }

    /// What goes on after the head has a task of its own. A task keeps the deepest stack that it ever had,
    /// and a request's is several times as deep as that of a follower, of whom there are thousands.
    private func goOn(with rest: Delivery.Rest) {
        let task = Task(executorPreference: loop) { await self.finish(rest) }
        if Task.isCancelled { task.cancel() }
        socket.task = task
    }

    private func finish(_ rest: Delivery.Rest) async {
        do { try await send(rest) } catch { return close() }
        await serve()
    }

    private func nextRequest() async throws -> (RequestHead, [UInt8])? {
        while true {
            switch try parser.next() {
            case .request(let head, let body):
                return (head, body)
            case .head(let head):
                guard try await admitsBody(of: head) else { return nil }
            case .needsBytes:
                if try !flushAtOnce() { try await flush() }
                if isInterimDue { try await sendInterim() }
                beginToReceive()
                guard take(try await socket.receive(into: server.buffer)) else { return nil }
            }
        }
    }

    private func beginToReceive() {
        guard parser.isEmpty, socket.phase != .idle else { return }
        socket.begin(
            .idle,
            limit: server.drainsSoon ? server.configuration.drainGrace : server.configuration.idleLimit)
    }

    /// False at the end of the stream; an end amid a request gets no answer, for nobody can tell what was
    /// meant.
    private func take(_ count: Int) -> Bool {
        guard count > 0 else { return false }
        parser.receive(UnsafeRawBufferPointer(rebasing: server.buffer[..<count]))
        if socket.phase != .receiving {
            socket.begin(.receiving, limit: server.configuration.headLimit)
        } else if parser.isReadingBody {
            socket.deadline += server.milliseconds(forBytes: count)
        }
        return true
    }

    private func admitsBody(of head: RequestHead) async throws -> Bool {
        switch server.application.bodyLimit(for: head) {
        case .upTo(let limit):
            parser.bodyBytesMax = limit
            isInterimDue = head.expectsContinue
            socket.begin(.receiving, limit: server.configuration.bodyLimit)
            return true
        case .answer(let response):
            isClosing = true
            try await send(deliver(response, to: head), of: head)
            return false
        }
    }

    /// Sent only while nothing of the body has come: a client that did not wait needs no leave.
    private func sendInterim() async throws {
        isInterimDue = false
        guard parser.bodyBytesReceived == 0 else { return }
        outgoing.append { $0.append("HTTP/1.1 100 Continue\r\n\r\n") }
        try await flush(.receiving)
    }

    /// What is still to be sent of the answer, where that may go on for long.
    private func answer(_ request: HTTPRequest) async throws -> Delivery.Rest? {
        isInterimDue = false
        socket.begin(.handling, limit: nil)
        if !outgoing.isEmpty { server.flushBeforeWait(self) }
        let response = await server.application.respond(to: request)
        if !request.head.keepsAlive || server.isDraining || socket.hasPeerFinished && !parser.hasBytes {
            isClosing = true
        }
        let delivery = deliver(response, to: request.head)
        if !gather(delivery, of: request.head) {
            if let rest = delivery.rest { return rest }
            try await sendBody(of: delivery)
        }
        guard !parser.hasBytes || outgoing.count > Self.gatheredBytesMax else { return nil }
        if try !flushAtOnce() { try await flush() }
        return nil
    }

    private func deliver(_ response: HTTPResponse, to head: RequestHead) -> Delivery {
        let delivery = Delivery(
            response, to: head, compressionBytesMin: server.configuration.compressionBytesMin,
            compress: server.gzip.compress)
        guard delivery.status == 416, response.status != 416 else { return delivery }
        var refusal = server.application.refusal(416)
        if let range = delivery.fields[.contentRange] { refusal.fields.add(.contentRange, range) }
        return Delivery(refusal, to: head)
    }

    private func refuse(_ fault: RequestFault) async {
        isClosing = true
        let delivery = Delivery(server.application.refusal(fault.status), to: nil)
        guard (try? await send(delivery, of: nil)) != nil, (try? await flush()) != nil else { return }
        await linger()
    }

    /// Closing while the client still sends would reset the connection, and the answer with it: say that no
    /// more will come, and listen for a moment to what nobody wants.
    private func linger() async {
        guard !socket.hasPeerFinished else { return }
        socket.begin(.lingering, limit: LoopServer.lingerLimit)
        socket.finishSending()
        var left = 4 << 20
        while left > 0, let count = try? await socket.receive(into: server.buffer), count > 0 {
            left -= count
        }
    }

    private func close() {
        outgoing.release(to: server)
        socket.close()
        server.forget(self)
    }
}
