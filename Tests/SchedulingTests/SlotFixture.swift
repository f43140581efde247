import Foundation
import Records
import Scheduling
import Vocabulary

/// What Python's zoneinfo says is free, counted minute by minute (Fixtures/make_slots.py).
struct SlotFixture: Decodable {
    let zones: [String: Data]
    let cases: [Case]

    /// A practitioner's week, what is taken, and the starts that are free.
    struct Case: Decodable {
        let zone: String
        let hours: [[Int]]
        let first: String
        let days, minutes, step, lead, horizon: Int
        let now: Int64
        let taken: [[Int64]]
        let starts: [Int64]
    }

    static func read() throws -> SlotFixture {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/slots.json")
        return try JSONDecoder().decode(SlotFixture.self, from: Data(contentsOf: file))
    }

    func zone(_ name: String) throws -> Zone {
        try Zone(identifier: name, tzif: [UInt8](zones[name] ?? Data()))
    }
}

extension SlotFixture.Case {
    var firstDay: Day? { Day(text: first) }

    func availability(in zone: Zone) -> Availability {
        Availability(
            hours: hours.compactMap { row in
                Weekday(rawValue: row[0]).map { WeeklyHours($0, from: row[1], to: row[2]) }
            },
            taken: taken.map { Slot(from: Instant(seconds: $0[0]), to: Instant(seconds: $0[1])) }, zone: zone,
            rules: VisitRules(minutes: minutes, stepMinutes: step, leadMinutes: lead, horizonDays: horizon))
    }
}
