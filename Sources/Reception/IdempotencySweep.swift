public import Database
import EventLoop
public import Telemetry

/// Forgets answers that were kept for retries and have expired: without it every write ever made would keep
/// its answer.
public struct IdempotencySweep: Sendable {
    /// Often enough that one sweep never has much to do.
    private static let interval = Duration.seconds(60)
    let database: Database
    private let log: Log

    /// A sweep of every clinic's expired keys.
    public init(of database: Database, log: Log) { (self.database, self.log) = (database, log) }

    /// Sweeps until its task is cancelled. Must run on one of the database's loops. Several instances may
    /// sweep at once: each deletes what the others have not.
    public func run() async {
        while !Task.isCancelled, let loop = EventLoop.current {
            do { try await loop.sleep(for: Self.interval) } catch { return }
            do { _ = try await sweep() } catch {
                log.warning("expired idempotency keys were not swept", ["fault": .fault("\(error)")])
            }
        }
    }
}
