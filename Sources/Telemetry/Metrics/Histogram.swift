import CSystem
import Synchronization

/// How long things took, in buckets. The sum is kept in whole microseconds, so that adding is one
/// instruction.
public final class Histogram: Sendable {
    /// Upper ends in microseconds: from 100 µs to 10 s, as Prometheus' own defaults go on downwards.
    public static let standardBounds: [UInt64] = [
        100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
        2_500_000,
        5_000_000, 10_000_000,
    ]
    /// More bounds than fit into a shard are cut off.
    static let boundsMax = 22

    let bounds: [UInt64]
    private let shards: InlineArray<8, Shard> = InlineArray { _ in Shard() }

    init(bounds: [UInt64]) {
        self.bounds = Array(bounds.sorted().prefix(Self.boundsMax))
    }

    /// Counts something that took so long.
    public func observe(microseconds: UInt64) {
        var bucket = 0
        while bucket < bounds.count && microseconds > bounds[bucket] { bucket += 1 }
        let shard = currentShard()
        shards[shard].cells[bucket].add(1, ordering: .relaxed)
        shards[shard].cells[Shard.sum].add(microseconds, ordering: .relaxed)
    }

    /// How many there were up to each bound and, last, in all; and what they took together.
    var reading: (upTo: [UInt64], microseconds: UInt64) {
        var upTo = [UInt64](repeating: 0, count: bounds.count + 1)
        var microseconds: UInt64 = 0
        for shard in 0..<shardCount {
            for bucket in upTo.indices {
                upTo[bucket] &+= shards[shard].cells[bucket].load(ordering: .relaxed)
            }
            microseconds &+= shards[shard].cells[Shard.sum].load(ordering: .relaxed)
        }
        for bucket in upTo.indices.dropFirst() { upTo[bucket] &+= upTo[bucket - 1] }
        return (upTo, microseconds)
    }

    /// Three cache lines: up to 23 buckets and the sum.
    private struct Shard: ~Copyable, Sendable {
        static let sum = 23
        let cells: InlineArray<24, Atomic<UInt64>> = InlineArray { _ in Atomic(0) }
    }
}
