import Records
import Vocabulary

/// What the wall clock shows during a part of a slot: minutes of one day, read evenly. A slot is one piece,
/// unless midnight or a clock change falls into it. Weekly hours are agreed on the wall, so they are asked
/// piece by piece.
struct WallPiece: Equatable {
    let day: Day
    let from: Int
    let to: Int

    /// The pieces of a span of time, in order.
    static func of(_ slot: Slot, in zone: Zone) -> [WallPiece] {
        let from = slot.start.seconds, until = slot.end.seconds
        return ClockStretch.covering(from: from, until: until, in: zone).flatMap { stretch in
            pieces(from: stretch.from + stretch.offset, until: stretch.until + stretch.offset)
        }
    }

    /// Splits a span of the wall clock, in seconds as if it showed UTC, at its midnights.
    private static func pieces(from: Int64, until: Int64) -> [WallPiece] {
        var pieces: [WallPiece] = [], at = from
        while at < until {
            let day = Day(containingUTC: Instant(seconds: at)), midnight = Int64(day.number) * 86_400
            let end = min(until, midnight + 86_400)
            let (first, last) = (Int(at - midnight), Int(end - midnight))
            pieces.append(WallPiece(day: day, from: first / 60, to: (last + 59) / 60))
            at = end
        }
        return pieces
    }

    /// Whether the practitioner works all through it. Two lines of hours that touch are two shifts: nobody is
    /// booked across the change.
    func isWithin(_ hours: WeeklyHours) -> Bool {
        hours.from <= from && to <= hours.to && hours.hold(on: day)
    }
}
