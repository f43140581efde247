public import Records
public import Vocabulary

/// The rule when visits to one practitioner at one location may begin: hours on the wall, minus what is
/// taken. It is computed from what it is given and never remembered.
public struct Availability: Sendable {
    /// The practitioner's hours at the location, by weekday and minute; no two of them overlap.
    public let hours: [WeeklyHours]
    /// What the practitioner is taken for already, buffers included, in order.
    public let taken: [Slot]
    /// The rooms and devices that the visit takes besides.
    public let pools: [ThingPool]
    /// The location's zone.
    public let zone: Zone
    /// The clinic's rules for this kind of visit.
    public let rules: VisitRules

    /// Availability under these hours, reservations and rules.
    public init(
        hours: [WeeklyHours], taken: [Slot], pools: [ThingPool] = [], zone: Zone, rules: VisitRules
    ) {
        (self.hours, self.taken, self.pools, self.zone, self.rules) = (hours, taken, pools, zone, rules)
    }

    /// Every free slot that begins on one of the days, earliest first. A wall time that the clock jumps over
    /// is not offered; one that it shows twice is offered twice, an hour apart.
    public func slots(from day: Day, days: Int, now: Instant) -> [Slot] {
        let window = rules.window(at: now, in: zone)
        var practitioner = TakenWalk(taken), pools = pools.map(PoolWalk.init), slots: [Slot] = []
        eachWorkedSlot(from: day, days: days) { slot in
            guard slot.start >= window.start, slot.start < window.end,
                practitioner.isFree(rules.reserved(for: slot))
            else { return }
            var isFree = true
            for place in pools.indices { isFree = pools[place].hasFree(for: slot) && isFree }
            if isFree { slots.append(slot) }
        }
        return slots
    }

    /// Every rule that a visit beginning then would break. What is taken is not asked: that changes by the
    /// moment and is for the database to say.
    public func flaws(of start: Instant, now: Instant) -> [StartFlaw] {
        let window = rules.window(at: now, in: zone)
        var flaws: [StartFlaw] = []
        if start < window.start { flaws.append(.tooSoon) }
        if start >= window.end { flaws.append(.beyondHorizon) }
        let pieces = WallPiece.of(Slot(from: start, minutes: rules.minutes), in: zone)
        if !isWorked(pieces) {
            flaws.append(.outsideHours)
        } else if !isOnStep(start, pieces[0]) {
            flaws.append(.offStep)
        }
        return flaws
    }

    /// Walks the days between clock changes, where minutes on the wall are minutes of time.
    private func eachWorkedSlot(from first: Day, days: Int, _ visit: (Slot) -> Void) {
        let midnight = Int64(first.number) * 86_400, end = midnight + Int64(days) * 86_400
        for stretch in ClockStretch.covering(from: midnight - 93_600, until: end + 93_600, in: zone) {
            for day in 0..<days {
                for shift in hours where shift.hold(on: first + day) {
                    eachStart(of: shift, on: first + day, in: stretch, visit)
                }
            }
        }
    }

    private func eachStart(
        of shift: WeeklyHours, on day: Day, in stretch: ClockStretch, _ visit: (Slot) -> Void
    ) {
        let midnight = Int64(day.number) * 86_400 - stretch.offset
        for minute in stride(from: shift.from, to: shift.to, by: rules.stepMinutes) {
            let second = midnight + Int64(minute) * 60
            guard second >= stretch.from else { continue }
            guard second < stretch.until else { return }
            let slot = Slot(from: Instant(seconds: second), minutes: rules.minutes)
            let isOnePiece = minute + rules.minutes <= 1440 && slot.end.seconds <= stretch.until
            let isWorked =
                isOnePiece ? minute + rules.minutes <= shift.to : isWorked(WallPiece.of(slot, in: zone))
            if isWorked { visit(slot) }
        }
    }

    private func isWorked(_ pieces: [WallPiece]) -> Bool {
        pieces.allSatisfy { piece in hours.contains { piece.isWithin($0) } }
    }

    private func isOnStep(_ start: Instant, _ piece: WallPiece) -> Bool {
        start.isWholeMinute
            && hours.contains { piece.isWithin($0) && (piece.from - $0.from) % rules.stepMinutes == 0 }
    }
}

extension Instant {
    /// Whether a wall clock without a second hand shows it.
    var isWholeMinute: Bool { microseconds % 60_000_000 == 0 }
}
