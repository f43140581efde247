import EventLoop

extension Connection {
    /// Puts an answer behind those that wait; files and streams are sent at once.
    func send(_ delivery: Delivery, of head: RequestHead?) async throws {
        if delivery.framing == .untilClose { isClosing = true }
        let field: Delivery.ConnectionField =
            isClosing ? .close : head?.isVersion11 == false ? .keepAlive : .implied
        outgoing.prepare(from: server)
        outgoing.append { delivery.writeHead(dateLine: server.dateLine, connection: field, to: &$0) }
        switch delivery.payload {
        case .none: break
        case .bytes(let bytes): try await send(bytes)
        case .file(let file, let range): try await send(file, range)
        case .stream(let write): try await stream(write, chunked: delivery.framing == .chunked)
        }
    }

    /// Sends all that waits. Suspends only when the kernel takes no more.
    func flush(_ phase: Socket.Phase = .sending) async throws {
        guard !outgoing.isEmpty else { return outgoing.release(to: server) }
        if try outgoing.sendSome(to: socket) == false {
            socket.begin(phase, limit: server.configuration.writeLimit)
            while try outgoing.sendSome(to: socket) == false { try await waitForRoom() }
        }
        outgoing.release(to: server)
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
        guard bytes.count > Outgoing.copiedBytesMax else {
            return outgoing.append { $0.append(contentsOf: bytes) }
        }
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

    private func waitForRoom() async throws { try await socket.waitForChange() }

    private func grantTime(for bytes: Int) { socket.deadline += server.milliseconds(forBytes: bytes) }
}
