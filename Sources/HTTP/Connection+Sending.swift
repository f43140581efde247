import EventLoop

extension Connection {
    /// Puts an answer behind those that wait; files, streams and long bodies are sent at once.
    func send(_ delivery: Delivery, of head: RequestHead?) async throws {
        if !gather(delivery, of: head) { try await sendBody(of: delivery) }
    }

    /// The body that `gather` has left.
    func sendBody(of delivery: Delivery) async throws {
        switch delivery.payload {
        case .none: break
        case .bytes(let bytes): try await send(bytes)
        case .file(let file, let range): try await send(file, range)
        case .upgrade, .stream: if let rest = delivery.rest { try await send(rest) }
        }
    }

    /// What may go on for long.
    func send(_ rest: Delivery.Rest) async throws {
        switch rest {
        case .upgrade(let talk): try await upgrade(talk)
        case .stream(let write, let isChunked): try await stream(write, chunked: isChunked)
        }
    }

    /// Puts the head behind what waits, and the body if it is short. False where a body is left to be sent.
    func gather(_ delivery: Delivery, of head: RequestHead?) -> Bool {
        if delivery.framing == .untilClose { isClosing = true }
        let field: Delivery.ConnectionField =
            delivery.isUpgrade
            ? .implied
            : isClosing ? .close : head?.isVersion11 == false ? .keepAlive : .implied
        outgoing.prepare(from: server)
        outgoing.append { delivery.writeHead(dateLine: server.dateLine, connection: field, to: &$0) }
        switch delivery.payload {
        case .none: return true
        case .bytes(let bytes) where bytes.count <= Outgoing.copiedBytesMax:
            outgoing.append { $0.append(contentsOf: bytes) }
            return true
        case .bytes, .file, .stream, .upgrade: return false
        }
    }

    /// Sends all that waits. Suspends only when the kernel takes no more.
    func flush(_ phase: Socket.Phase = .sending) async throws {
        guard try !flushAtOnce() else { return }
        socket.begin(phase, limit: server.configuration.writeLimit)
        while try outgoing.sendSome(to: socket) == false { try await waitForRoom() }
        outgoing.release(to: server)
    }

    /// Sends all that waits, if the kernel takes it; nearly always it does, and a call that cannot suspend
    /// costs a third of one that can.
    func flushAtOnce() throws -> Bool {
        guard try outgoing.isEmpty || outgoing.sendSome(to: socket) else { return false }
        outgoing.release(to: server)
        return true
    }

    /// One piece of a stream.
    func writePiece(_ bytes: [UInt8]) async throws {
        try Task.checkCancellation()
        outgoing.prepare(from: server)
        let isChunked = isStreamChunked
        outgoing.append { out in
            if isChunked {
                out.append(hexadecimal: bytes.count)
                out.append("\r\n")
            }
            out.append(contentsOf: bytes)
            if isChunked { out.append("\r\n") }
        }
        try await flush()
        socket.begin(.handling, limit: nil)
    }

    private func send(_ bytes: [UInt8]) async throws {
        socket.begin(.sending, limit: server.configuration.writeLimit)
        while try outgoing.sendSome(to: socket, moreFollows: true) == false { try await waitForRoom() }
        var sent = 0
        while sent < bytes.count {
            let count = try bytes.withUnsafeBytes {
                try socket.sendSome(.init(rebasing: $0[sent...]), moreFollows: false)
            }
            sent += count
            if count == 0 { try await waitForRoom() } else { grantTime(for: count) }
        }
    }

    private func send(_ file: FileBody, _ range: Range<Int>) async throws {
        socket.begin(.sending, limit: server.configuration.writeLimit)
        while try outgoing.sendSome(to: socket, moreFollows: true) == false { try await waitForRoom() }
        var rest = range
        while !rest.isEmpty {
            let count = try socket.sendSome(of: file.descriptor, rest)
            rest = (rest.lowerBound + count)..<rest.upperBound
            if count == 0 { try await waitForRoom() } else { grantTime(for: count) }
        }
    }

    private func stream(_ write: StreamBody, chunked: Bool) async throws {
        isStreamChunked = chunked
        try await flush()
        socket.begin(.handling, limit: nil)
        try await write(ResponseWriter(connection: self))
        guard chunked else { return }
        outgoing.prepare(from: server)
        outgoing.append { $0.append("0\r\n\r\n") }
    }

    /// The connection is the other protocol's until its end.
    private func upgrade(_ talk: UpgradeBody) async throws {
        isClosing = true
        isStreamChunked = false
        try await flush()
        socket.begin(.handling, limit: nil)
        try await talk(UpgradedStream(connection: self))
    }

    /// What has come, in one piece or several; nothing when somebody nudged; nil at the end.
    func receiveUpgraded() async throws -> [UInt8]? {
        if parser.hasBytes { return parser.takeRest() }
        try Task.checkCancellation()
        guard let count = try await socket.receiveOrNudge(into: server.buffer) else { return [] }
        return count > 0 ? Array(server.buffer[..<count]) : nil
    }

    private func waitForRoom() async throws { try await socket.waitForChange() }

    private func grantTime(for bytes: Int) { socket.deadline += server.milliseconds(forBytes: bytes) }
}
