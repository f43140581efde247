import Vocabulary

/// A stretch of time in which a zone's clocks run evenly: between two clock changes the offset from UTC is
/// one number, and wall time is a plain sum. Seconds since 1970; the end is not part of it.
struct ClockStretch: Equatable {
    let from: Int64
    let until: Int64
    let offset: Int64

    /// The stretches that cover the span, in order. The zone is asked once a day: no zone changes its clocks
    /// twice within one.
    static func covering(from: Int64, until: Int64, in zone: Zone) -> [ClockStretch] {
        var stretches: [ClockStretch] = []
        var begin = from, at = from, offset = zone.seconds(at: from)
        while at < until {
            let next = min(at + 86_400, until), following = zone.seconds(at: next)
            if following != offset {
                let change = zone.change(after: at, before: next)
                stretches.append(ClockStretch(from: begin, until: change, offset: offset))
                (begin, offset) = (change, following)
            }
            at = next
        }
        if begin < until { stretches.append(ClockStretch(from: begin, until: until, offset: offset)) }
        return stretches
    }
}

extension Zone {
    fileprivate func seconds(at second: Int64) -> Int64 { Int64(offset(at: Instant(seconds: second))) }

    /// The first second that has the later of two different offsets.
    fileprivate func change(after earlier: Int64, before later: Int64) -> Int64 {
        let offset = seconds(at: earlier)
        var (low, high) = (earlier, later)
        while low + 1 < high {
            let middle = (low + high) / 2
            if seconds(at: middle) == offset { low = middle } else { high = middle }
        }
        return high
    }
}
