import Vocabulary

/// Rooms or devices of one tag at a location: any that is free will do.
public struct ThingPool: Sendable {
    /// How many a visit takes.
    public let count: Int
    /// For how many minutes before the visit each is taken.
    public let minutesBefore: Int
    /// For how many minutes after it.
    public let minutesAfter: Int
    /// What each of them, or each place in it, is taken for already, in order.
    public let taken: [[Slot]]

    /// A pool in which each thing is taken for these spans.
    public init(count: Int, minutesBefore: Int = 0, minutesAfter: Int = 0, taken: [[Slot]]) {
        (self.count, self.minutesBefore, self.minutesAfter) = (count, minutesBefore, minutesAfter)
        self.taken = taken
    }

    /// What a visit in the slot takes a thing for.
    func reserved(for slot: Slot) -> Slot {
        slot.widened(before: minutesBefore, after: minutesAfter)
    }
}

/// Walks through spans that are taken, for slots that are asked about in order: each span is passed once.
struct TakenWalk {
    private let taken: [Slot]
    private var next = 0

    init(_ taken: [Slot]) { self.taken = taken }

    /// Whether nothing taken meets the span. Spans must come in order of their starts.
    mutating func isFree(_ wanted: Slot) -> Bool {
        while next < taken.count, taken[next].end <= wanted.start { next += 1 }
        return next == taken.count || !taken[next].overlaps(wanted)
    }
}

/// The same for a pool.
struct PoolWalk {
    private let pool: ThingPool
    private var walks: [TakenWalk]

    init(_ pool: ThingPool) { (self.pool, walks) = (pool, pool.taken.map(TakenWalk.init)) }

    /// Whether enough things are free for a visit in the slot.
    mutating func hasFree(for slot: Slot) -> Bool {
        let wanted = pool.reserved(for: slot)
        var free = 0
        for place in walks.indices where walks[place].isFree(wanted) { free += 1 }
        return free >= pool.count
    }
}
