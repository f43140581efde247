import Crypto
import EventLoop
import Reception
import Redis
import Synchronization
import Telemetry

/// What this instance shares with others through Redis, where there is one.
struct SharedRedis: Sendable {
    let windows: SharedWindows
    private let pool: RedisPool
    private let connections: Gauge
    private let log: Log

    init(at url: RedisURL, loops: [EventLoop], under secret: Secret, metrics: Metrics, log: Log) {
        pool = RedisPool(url, loops: loops)
        windows = SharedWindows(pool, under: secret, metrics: metrics)
        connections = metrics.gauge("nadi_redis_connections", "Connections to Redis that are open.")
        self.log = log
    }

    /// Connects, for as long as it takes, while everything else goes on.
    func start() {
        pool.start { [connections, log] isOpen in
            connections.add(isOpen ? 1 : -1)
            if isOpen {
                log.notice("Redis answers")
            } else {
                log.warning("Redis does not answer: limits are counted by this instance alone")
            }
        }
    }

    func close() { pool.close() }
}
