import Crypto
import Database
import EventLoop
import Reception
import Redis
import Synchronization
import Telemetry

/// What this instance shares with others through Redis, where there is one.
struct SharedRedis: Sendable {
    let windows: SharedWindows
    let cache: RedisCache
    let carrier: RedisCarrier
    private let pool: RedisPool
    private let connections: Gauge
    private let log: Log

    init(at url: RedisURL, loops: [EventLoop], under secret: Secret, metrics: Metrics, log: Log) {
        pool = RedisPool(url, loops: loops)
        carrier = RedisCarrier(RedisBroadcast(url, through: pool, on: loops[0]))
        windows = SharedWindows(pool, under: secret, metrics: metrics)
        let strangers = metrics.counter(
            "nadi_redis_strange_values_total", "Values in Redis that were not what we had kept there.")
        cache = RedisCache(pool, under: secret) { [log] key in
            strangers.add(1)
            log.warning("a value in Redis was not ours", ["kind": .token(key.kind)])
        }
        connections = metrics.gauge("nadi_redis_connections", "Connections to Redis that are open.")
        self.log = log
    }

    /// Connects, for as long as it takes, while everything else goes on.
    func start() {
        carrier.broadcast.start()
        pool.start { [connections, log] isOpen in
            connections.add(isOpen ? 1 : -1)
            if isOpen {
                log.notice("Redis answers")
            } else {
                log.warning(
                    "Redis does not answer: limits are counted by this instance alone, and NOTIFY wakes")
            }
        }
    }

    func close() {
        carrier.broadcast.close()
        pool.close()
    }
}

/// Wakes other instances through Redis. What nobody heard here is said by NOTIFY instead; whoever may have
/// missed something is told of the gap, and looks for itself.
struct RedisCarrier: AnnouncementCarrier {
    let broadcast: RedisBroadcast

    init(_ broadcast: RedisBroadcast) { self.broadcast = broadcast }

    func say(_ text: String, on channel: String) async -> Bool { await broadcast.say(text, on: channel) }

    func listen(to channel: String) -> AsyncStream<Notice> {
        let heard = broadcast.listen(to: channel)
        return AsyncStream { continuation in
            let passing = Task {
                for await one in heard {
                    switch one {
                    case .gap: continuation.yield(.reread)
                    case .text(let text): continuation.yield(.payload(text))
                    }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in passing.cancel() }
        }
    }
}
