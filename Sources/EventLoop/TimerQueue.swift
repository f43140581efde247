/// Names a scheduled action, so that it can be cancelled. Never reused for another action.
public struct TimerID: Hashable, Sendable {
    let slot: Int32
    let generation: UInt32
}

/// Actions by time: a binary heap of small entries over slots that hold the closures.
///
/// Cancelling empties the slot and leaves the entry, so both scheduling and cancelling stay cheap; stale
/// entries are swept when they outnumber the live ones.
struct TimerQueue {
    private struct Entry {
        let due: UInt64
        let id: TimerID
    }

    private struct Slot {
        var generation: UInt32
        var action: (() -> Void)?
    }

    private var heap: [Entry] = []
    private var slots: [Slot] = []
    private var free: [Int32] = []

    /// How many actions still wait.
    var count: Int { slots.count - free.count }

    /// The earliest moment at which something may be due.
    var nextDue: UInt64? { heap.first?.due }

    mutating func add(due: UInt64, _ action: @escaping () -> Void) -> TimerID {
        let slot: Int32
        if let reused = free.popLast() {
            slot = reused
            slots[Int(slot)].action = action
        } else {
            slot = Int32(slots.count)
            slots.append(Slot(generation: 0, action: action))
        }
        let id = TimerID(slot: slot, generation: slots[Int(slot)].generation)
        heap.append(Entry(due: due, id: id))
        rise(from: heap.count - 1)
        return id
    }

    /// The action, if it still waited.
    @discardableResult
    mutating func remove(_ id: TimerID) -> (() -> Void)? {
        let index = Int(id.slot)
        guard slots[index].generation == id.generation, let action = slots[index].action else { return nil }
        slots[index].action = nil
        slots[index].generation &+= 1
        free.append(id.slot)
        if heap.count > 64, heap.count > 2 * count { sweep() }
        return action
    }

    /// Takes the earliest action that is due, if any.
    mutating func takeDue(at now: UInt64) -> (() -> Void)? {
        while let first = heap.first, first.due <= now {
            removeFirst()
            if let action = remove(first.id) { return action }
        }
        return nil
    }

    private mutating func sweep() {
        let live = heap.filter { slots[Int($0.id.slot)].generation == $0.id.generation }
        heap.removeAll(keepingCapacity: true)
        for entry in live {
            heap.append(entry)
            rise(from: heap.count - 1)
        }
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        sink(from: 0)
    }

    private mutating func rise(from start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].due < heap[parent].due else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func sink(from start: Int) {
        var parent = start
        while true {
            var least = 2 * parent + 1
            guard least < heap.count else { return }
            if least + 1 < heap.count, heap[least + 1].due < heap[least].due { least += 1 }
            guard heap[least].due < heap[parent].due else { return }
            heap.swapAt(least, parent)
            parent = least
        }
    }
}
