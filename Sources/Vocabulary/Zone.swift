/// A time zone of the IANA database: which wall clock shows at which moment, and back.
public struct Zone: Hashable, Sendable {
    /// What a wall clock's reading means in the zone.
    public enum Reading: Hashable, Sendable {
        /// The usual case.
        case once(Instant)
        /// The clock was put back over it: it was shown twice.
        case twice(Instant, Instant)
        /// The clock was put forward over it: it was never shown. The moment is when the clock jumped past
        /// it.
        case never(jumpedAt: Instant)
    }

    /// `Asia/Kolkata`.
    public let identifier: String
    let transitions: [Transition]
    let first: Int32
    let rule: PosixRule?

    struct Transition: Hashable {
        let second: Int64
        let offset: Int32
    }

    /// The zone whose clocks are never changed.
    public static let utc = Zone(identifier: "UTC", transitions: [], first: 0, rule: nil)

    /// Seconds east of UTC that clocks show at the moment.
    public func offset(at instant: Instant) -> Int { Int(offset(atSecond: instant.seconds)) }

    /// What the wall clock shows at the moment, to the minute.
    public func clinicTime(at instant: Instant) -> ClinicTime {
        let shown = instant.seconds + Int64(offset(atSecond: instant.seconds))
        let day = floorDivide(shown, 86_400)
        return ClinicTime(Day(number: Int32(day)), minute: Int(shown - day * 86_400) / 60)
    }

    /// Which moment, or moments, the wall clock's reading means.
    public func reading(of time: ClinicTime) -> Reading {
        let shown = time.naiveSeconds
        // No zone is further than 26 hours from the naive reading, so these two are the offsets on either
        // side.
        let before = offset(atSecond: shown - 93_600), after = offset(atSecond: shown + 93_600)
        let earlier = shown - Int64(max(before, after)), later = shown - Int64(min(before, after))
        let isEarlier = shows(shown, at: earlier), isLater = later != earlier && shows(shown, at: later)
        switch (isEarlier, isLater) {
        case (true, true): return .twice(Instant(seconds: earlier), Instant(seconds: later))
        case (true, false): return .once(Instant(seconds: earlier))
        case (false, true): return .once(Instant(seconds: later))
        case (false, false): return .never(jumpedAt: Instant(seconds: jump(between: earlier, and: later)))
        }
    }

    /// The first moment of the wall clock's reading; where the clock jumped over it, the moment of the jump.
    public func instant(of time: ClinicTime) -> Instant {
        switch reading(of: time) {
        case .once(let instant), .twice(let instant, _), .never(let instant): instant
        }
    }

    private func shows(_ shown: Int64, at second: Int64) -> Bool {
        second + Int64(offset(atSecond: second)) == shown
    }

    /// The second at which the offset changes between two seconds with different offsets.
    private func jump(between low: Int64, and high: Int64) -> Int64 {
        var (low, high) = (low, high)
        let before = offset(atSecond: low)
        while low + 1 < high {
            let middle = low + (high - low) / 2
            if offset(atSecond: middle) == before { low = middle } else { high = middle }
        }
        return high
    }

    func offset(atSecond second: Int64) -> Int32 {
        guard let last = transitions.last else { return rule?.offset(atSecond: second) ?? first }
        if second >= last.second, let rule { return rule.offset(atSecond: second) }
        var low = 0, high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].second <= second { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? first : transitions[low - 1].offset
    }
}
