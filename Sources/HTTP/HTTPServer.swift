import CSystem
public import EventLoop
import Glibc
import Synchronization

/// Why the server cannot listen.
public struct ListenFault: Error, CustomStringConvertible {
    /// Which address and port, and what the system said.
    public let description: String
}

/// Serves one application on every loop of a group, with a listener for each: the kernel spreads the clients.
public final class HTTPServer: Sendable {
    private struct Waiting {
        var isDrained = false
        var remaining: Int
        var continuations: [CheckedContinuation<Void, Never>] = []
    }

    /// The port it listens at, known from the beginning.
    public let port: UInt16
    private let shares: [LoopServer]
    private let waiting: Mutex<Waiting>

    /// Listens at once; clients are taken from `start` or `run` on.
    public init(_ configuration: ServerConfiguration, loops: EventLoopGroup, application: any Application)
        throws
    {
        nadi_ignore_broken_pipes()
        let door = Door(
            allMax: configuration.connectionsMax, perAddressMax: configuration.connectionsPerAddressMax)
        var port = configuration.port
        var listeners: [Int32] = []
        do {
            for _ in loops.loops {
                listeners.append(try Self.listen(configuration.host, port))
                if port == 0 { port = Self.port(of: listeners[0]) }
            }
        } catch {
            for listener in listeners { close(listener) }
            throw error
        }
        self.port = port
        shares = zip(loops.loops, listeners).map {
            LoopServer(on: $0, listener: $1, configuration, application, door)
        }
        waiting = Mutex(Waiting(remaining: shares.count))
    }

    /// Opens the door.
    public func start() async {
        // libdispatch opens its own descriptors at its first use, and stops the program when there are none
        // left: let that be now, and not in a crowd.
        try? await Task.sleep(for: .milliseconds(1))
        for share in shares { share.loop.execute { share.open() } }
    }

    /// Serves until `drain` has been called and everybody has been served.
    public func run() async {
        await start()
        await untilDrained()
    }

    /// Closes the door and returns when everybody inside has been answered, or when the configured limit has
    /// passed.
    public func drain() async {
        for share in shares {
            share.loop.execute { share.drain { self.shareIsEmpty() } }
        }
        await untilDrained()
    }

    private func untilDrained() async {
        await withCheckedContinuation { continuation in
            let isDrained = waiting.withLock { waiting in
                if !waiting.isDrained { waiting.continuations.append(continuation) }
                return waiting.isDrained
            }
            if isDrained { continuation.resume() }
        }
    }

    private func shareIsEmpty() {
        let ready = waiting.withLock { waiting -> [CheckedContinuation<Void, Never>] in
            waiting.remaining -= 1
            guard waiting.remaining == 0 else { return [] }
            waiting.isDrained = true
            defer { waiting.continuations = [] }
            return waiting.continuations
        }
        for continuation in ready { continuation.resume() }
    }

    private static func listen(_ host: IPAddress, _ port: UInt16) throws -> Int32 {
        let descriptor = host.withSocketAddress(port: port) { nadi_listen($0, $1, 1) }
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw ListenFault(description: "cannot listen at \(host), port \(port): \(reason)")
        }
        return descriptor
    }

    private static func port(of listener: Int32) -> UInt16 {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) }
        }
        // The port stands at the same place in both families' addresses.
        guard result == 0 else { return 0 }
        return withUnsafeBytes(of: address) {
            UInt16(bigEndian: $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
        }
    }
}
