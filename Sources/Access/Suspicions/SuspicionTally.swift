import HTTP
import Vocabulary

/// What was seen of one address, person or name within the window.
struct SuspicionTally: Sendable {
    private let address: IPAddress?
    private let person: UniqueID?
    private var firstAt: Instant
    private var lastAt: Instant
    private var count = 0
    /// A few of those that must differ: no more than it takes to know that they are many.
    private var distinct: [Int] = []
    private var isPattern = false
    private var unwritten = 0

    init(at now: Instant, address: IPAddress?, person: UniqueID?) {
        (self.address, self.person, firstAt, lastAt) = (address, person, now, now)
    }

    mutating func count(_ one: Int?, upTo threshold: Int, at now: Instant) {
        count += 1
        unwritten += 1
        lastAt = max(lastAt, now)
        if let one {
            if distinct.count < threshold, !distinct.contains(one) { distinct.append(one) }
            isPattern = isPattern || distinct.count >= threshold
        } else {
            isPattern = isPattern || count >= threshold
        }
    }

    /// A window after the last sign nobody remembers the ones before.
    func isForgotten(at now: Instant) -> Bool { now - lastAt >= SecurityEvent.window }

    /// What is to be written; nil where it is no pattern, or where nothing is new.
    func pattern(of kind: SecurityEvent.Kind) -> SecurityEvent? {
        guard isPattern, unwritten > 0 else { return nil }
        return SecurityEvent(
            kind: kind, address: address, person: person, count: unwritten, firstAt: firstAt, lastAt: lastAt)
    }

    mutating func isWritten() { unwritten = 0 }

    /// A pattern that could not be written: of which nobody in particular is known any more.
    init(_ event: SecurityEvent) {
        self.init(at: event.firstAt, address: nil, person: nil)
        isPattern = true
    }

    mutating func putBack(_ event: SecurityEvent) {
        unwritten += event.count
        isPattern = true
        (firstAt, lastAt) = (min(firstAt, event.firstAt), max(lastAt, event.lastAt))
    }
}
