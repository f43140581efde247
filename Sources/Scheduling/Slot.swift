public import Vocabulary

/// A span that could be booked now, or that somebody asks for: computed, never stored. The end is not part of
/// it.
public struct Slot: Hashable, Sendable {
    /// When it begins.
    public let start: Instant
    /// When the next one could begin.
    public let end: Instant

    /// From one moment to another.
    public init(from start: Instant, to end: Instant) { (self.start, self.end) = (start, end) }

    /// So many minutes from a moment on.
    public init(from start: Instant, minutes: Int) {
        self.init(from: start, to: Instant(microseconds: start.microseconds + Int64(minutes) * 60_000_000))
    }

    /// The span with so many minutes before and after it.
    func widened(before: Int, after: Int) -> Slot {
        Slot(
            from: Instant(microseconds: start.microseconds - Int64(before) * 60_000_000),
            to: Instant(microseconds: end.microseconds + Int64(after) * 60_000_000))
    }

    /// Whether both need the same moment.
    public func overlaps(_ other: Slot) -> Bool { start < other.end && other.start < end }
}

extension Slot {
    /// More than any buffer before or after a visit.
    static let bufferMax = Duration.seconds(4 * 3600)
}
