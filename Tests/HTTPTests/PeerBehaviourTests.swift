import EventLoop
import Glibc
import HTTP
import Synchronization
import Testing

@Suite("Slow, vanishing and crowding peers", .serialized)
struct PeerBehaviourTests {
    private func quickly(_ configuration: inout ServerConfiguration) {
        configuration.headLimit = .milliseconds(150)
        configuration.bodyLimit = .milliseconds(300)
        configuration.writeLimit = .milliseconds(200)
        configuration.idleLimit = .milliseconds(250)
        configuration.bytesPerSecondMin = 1_000
    }

    @Test("a head that does not end in time is answered 408, however steadily it drips")
    func slowHead() async throws {
        try await withServer(quickly) { server, _ in
            let client = try RawClient(port: server.port)
            client.send("GET / HTTP/1.1¶Host: x¶X: ")
            let start = ContinuousClock.now
            var received: [UInt8]?
            while received == nil, ContinuousClock.now - start < .seconds(5) {
                client.send("a")
                received = client.receive(within: 20)
            }
            #expect(received?.text.hasPrefix("HTTP/1.1 408 ") == true)
            #expect(ContinuousClock.now - start > .milliseconds(100))
        }
    }

    @Test("a body slower than the least rate is answered 408; a slow but steady one is not")
    func bodyRate() async throws {
        try await withServer(quickly) { server, _ in
            let tooSlow = try RawClient(port: server.port)
            tooSlow.send("POST / HTTP/1.1¶Host: x¶Content-Length: 100¶¶a")
            #expect(try tooSlow.answer().status == 408)
            let steady = try RawClient(port: server.port)
            steady.send("POST / HTTP/1.1¶Host: x¶Content-Length: 1000¶¶")
            for _ in 0..<10 {
                steady.send([UInt8](repeating: 97, count: 100))
                usleep(40_000)
            }
            #expect(try steady.answer().status == 200)
        }
    }

    @Test("an idle connection is closed without a word")
    func idle() async throws {
        try await withServer(quickly) { server, _ in
            let fresh = try RawClient(port: server.port)
            let used = try RawClient(port: server.port)
            used.send("GET / HTTP/1.1¶Host: x¶¶")
            _ = try used.answer()
            #expect(fresh.receiveAll() == [])
            #expect(used.receiveAll() == [])
        }
    }

    @Test("a reader that does not read is cut off, and the writer of its stream learns it")
    func writeStall() async throws {
        try await withServer(quickly) { server, application in
            let client = try RawClient(port: server.port, receiveBuffer: 4_096)
            client.send("GET /endless HTTP/1.1¶Host: x¶¶")
            #expect(try await soon { application.record.cancelled.withLock { $0 } == ["endless"] })
        }
    }

    @Test("a handler is cancelled when its client hangs up")
    func hangUp() async throws {
        try await withServer { server, application in
            var client: RawClient? = try RawClient(port: server.port)
            client?.send("GET /slow?60000 HTTP/1.1¶Host: x¶X-Marker: gone¶¶")
            try await Task.sleep(for: .milliseconds(200))
            client = nil
            #expect(try await soon { application.record.cancelled.withLock { $0 } == ["gone"] })
        }
    }

    @Test("a handler is cancelled when its client resets the connection")
    func reset() async throws {
        try await withServer { server, application in
            var client: RawClient? = try RawClient(port: server.port)
            client?.send("GET /slow?60000 HTTP/1.1¶Host: x¶X-Marker: reset¶¶")
            #expect(try await soon { application.record.handled.withLock { !$0.isEmpty } })
            if let descriptor = client?.descriptor {
                var abrupt = linger(l_onoff: 1, l_linger: 0)
                setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &abrupt, socklen_t(MemoryLayout<linger>.size))
            }
            client = nil
            #expect(try await soon { application.record.cancelled.withLock { $0 } == ["reset"] })
        }
    }

    @Test("one address gets so many connections and no more; who leaves makes room")
    func crowd() async throws {
        try await withServer({ $0.connectionsPerAddressMax = 3 }) { server, _ in
            var clients = try (0..<3).map { _ in try RawClient(port: server.port) }
            for client in clients {
                client.send("GET / HTTP/1.1¶Host: x¶¶")
                #expect(try client.answer().status == 200)
            }
            #expect(try RawClient(port: server.port).receiveAll() == [])
            clients.removeLast()
            #expect(
                try await soon {
                    guard let client = try? RawClient(port: server.port) else { return false }
                    client.send("GET / HTTP/1.1¶Host: x¶¶")
                    return (try? client.answer().status) == 200
                })
        }
    }

    @Test("trusted proxies are not counted by address, but in all")
    func crowdedProxy() async throws {
        try await withServer({
            $0.connectionsPerAddressMax = 1
            $0.connectionsMax = 4
            $0.trustedProxies = [AddressBlock("127.0.0.0/8")].compactMap(\.self)
        }) { server, _ in
            let clients = try (0..<4).map { _ in try RawClient(port: server.port) }
            for client in clients {
                client.send("GET / HTTP/1.1¶Host: x¶¶")
                #expect(try client.answer().status == 200)
            }
            #expect(try RawClient(port: server.port).receiveAll() == [])
        }
    }

    @Test("a draining server answers what is under way, takes what comes soon, and closes politely")
    func drain() async throws {
        try await withServer({ ($0.drainGrace, $0.drainLimit) = (.seconds(20), .seconds(20)) }) {
            server, application in
            let busy = try RawClient(port: server.port)
            let late = try RawClient(port: server.port)
            late.send("GET / HTTP/1.1¶Host: x¶¶")
            _ = try late.answer()
            busy.send("GET /slow?2000 HTTP/1.1¶Host: x¶¶")
            #expect(try await soon { application.record.handled.withLock { $0.count == 2 } })
            async let drained: Void = server.drain()
            #expect(try await soon { (try? RawClient(port: server.port)) == nil })
            late.send("GET /late HTTP/1.1¶Host: x¶¶")
            let last = try late.answer()
            #expect(last.field("Connection") == "close")
            #expect(last.body.text == "GET /late? ")
            #expect(try busy.answer().field("Connection") == "close")
            await drained
        }
    }

    @Test("who says nothing while a server drains is let go without a word")
    func drainOfQuiet() async throws {
        try await withServer({ $0.drainGrace = .milliseconds(50) }) { server, _ in
            let quiet = try RawClient(port: server.port)
            quiet.send("GET / HTTP/1.1¶Host: x¶¶")
            _ = try quiet.answer()
            await server.drain()
            #expect(quiet.receiveAll() == [])
        }
    }

    @Test("a drain does not wait for ever")
    func boundedDrain() async throws {
        try await withServer { server, application in
            let client = try RawClient(port: server.port)
            client.send("GET /slow?60000 HTTP/1.1¶Host: x¶X-Marker: last¶¶")
            #expect(try await soon { application.record.handled.withLock { !$0.isEmpty } })
            await server.drain()
            #expect(application.record.cancelled.withLock { $0 } == ["last"])
        }
    }
}

/// Whether something becomes true within five seconds.
func soon(_ condition: () async throws -> Bool) async throws -> Bool {
    for _ in 0..<500 {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(10))
    }
    return false
}
