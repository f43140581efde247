public import EventLoop

/// A connection for each loop: a call and its answer never leave the loop of whoever asks.
public final class RedisPool: Sendable {
    /// How long a call may take, wherever the server hangs.
    public static let patience = Duration.milliseconds(50)

    private let links: [RedisLink]

    /// Connections that nobody has opened yet.
    public init(_ url: RedisURL, loops: [EventLoop], patience: Duration = RedisPool.patience) {
        links = loops.map { RedisLink(to: url, on: $0, patience: patience) }
    }

    /// Begins to connect. `onChange` hears from each loop whether it has a connection; the program goes on
    /// without.
    public func start(_ onChange: @escaping @Sendable (Bool) -> Void = { _ in }) {
        for link in links {
            link.loop.execute {
                link.onChange = onChange
                link.start()
            }
        }
    }

    /// Ends the connections and every call on them.
    public func close() {
        for link in links { link.loop.execute { link.close() } }
    }

    /// The answer of the server, or why there is none, within the patience.
    public nonisolated(nonsending) func ask(_ call: RedisCall) async throws -> RedisReply {
        if let link = links.first(where: { $0.loop.isCurrent }) { return try await link.ask(call) }
        let link = links[0]
        return try await link.loop.perform { try await link.ask(call) }
    }

    /// As `ask`, for a script; its text is sent only where the server does not have it.
    public nonisolated(nonsending) func run(
        _ script: RedisScript, keys: [String], _ arguments: String...
    ) async throws -> RedisReply {
        let reply = try await ask(script.call(keys: keys, arguments, byHash: true))
        guard case .refusal(let words) = reply, words.hasPrefix("NOSCRIPT") else { return reply }
        return try await ask(script.call(keys: keys, arguments, byHash: false))
    }
}
