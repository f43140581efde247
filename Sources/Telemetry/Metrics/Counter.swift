import CSystem
import Synchronization

/// How many shards every metric is counted in: threads beyond that share one, which costs time and never a
/// count.
let shardCount = 8

/// The shard of the calling thread.
@inline(__always)
func currentShard() -> Int { Int(nadi_thread_slot()) & (shardCount - 1) }

/// Something that only grows. Each thread adds to a cache line of its own.
public final class Counter: Sendable {
    private let shards: InlineArray<8, CacheLine> = InlineArray { _ in CacheLine() }

    init() {}

    /// Counts `amount` more.
    public func add(_ amount: UInt64 = 1) {
        shards[currentShard()].value.add(amount, ordering: .relaxed)
    }

    /// The sum of all threads.
    public var value: UInt64 {
        var sum: UInt64 = 0
        for shard in 0..<shardCount { sum &+= shards[shard].value.load(ordering: .relaxed) }
        return sum
    }
}

/// Something that goes up and down.
public final class Gauge: Sendable {
    private let current = Atomic<Int>(0)

    init() {}

    /// Moves it by `amount`, which may be negative.
    public func add(_ amount: Int) { current.add(amount, ordering: .relaxed) }

    /// Sets it.
    public func set(_ value: Int) { current.store(value, ordering: .relaxed) }

    /// What it is now.
    public var value: Int { current.load(ordering: .relaxed) }
}

/// One count and the rest of its cache line, so that two threads never fight for one.
struct CacheLine: ~Copyable, Sendable {
    let value = Atomic<UInt64>(0)
    private let rest: InlineArray<7, UInt64> = InlineArray(repeating: 0)
}
