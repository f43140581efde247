import Records
import Scheduling
import Testing
import Vocabulary

@Suite("Availability")
struct AvailabilityTests {
    @Test("agrees with Python's zoneinfo on every free start, in every zone and over every clock change")
    func oracle() throws {
        let fixture = try SlotFixture.read()
        var compared = 0
        for one in fixture.cases {
            let availability = one.availability(in: try fixture.zone(one.zone))
            let day = try #require(one.firstDay)
            let slots = availability.slots(from: day, days: one.days, now: Instant(seconds: one.now))
            #expect(slots.map(\.start.seconds) == one.starts, "\(one.zone) from \(one.first)")
            compared += slots.count
        }
        #expect(compared >= 10_000)
    }

    @Test("offers exactly the starts that break no rule and meet nothing taken")
    func flawsAndSlotsAgree() throws {
        let fixture = try SlotFixture.read()
        for one in fixture.cases.filter({ $0.days <= 5 }) {
            let availability = one.availability(in: try fixture.zone(one.zone)),
                now = Instant(seconds: one.now)
            let free = Set(availability.slots(from: try #require(one.firstDay), days: one.days, now: now))
            for slot in free { #expect(availability.flaws(of: slot.start, now: now) == []) }
            for minute in 0..<2880 {
                let start = (one.starts.first ?? one.now) + Int64(minute) * 60 - 86_400
                let slot = Slot(from: Instant(seconds: start), minutes: one.minutes)
                let day = availability.zone.clinicTime(at: slot.start).day
                guard let first = one.firstDay, day >= first, day < first + one.days else { continue }
                let isFree =
                    availability.flaws(of: slot.start, now: now).isEmpty
                    && !availability.taken.contains { $0.overlaps(slot) }
                #expect(isFree == free.contains(slot), "\(one.zone) \(slot.start)")
            }
        }
    }

    @Test("a wall time that the clock jumps over is not offered")
    func gap() throws {
        let starts = try nightShift("2026-03-29", from: 120, to: 300)
        #expect(starts == ["2026-03-29T02:00", "2026-03-29T02:30", "2026-03-29T04:00", "2026-03-29T04:30"])
    }

    @Test("a wall time that the clock shows twice is offered twice, at two moments")
    func overlap() throws {
        let starts = try nightShift("2026-10-25", from: 180, to: 270)
        #expect(
            starts == [
                "2026-10-25T03:00", "2026-10-25T03:30", "2026-10-25T03:00", "2026-10-25T03:30",
                "2026-10-25T04:00",
            ])
    }

    @Test("buffers keep the practitioner free on both sides of a visit")
    func buffers() throws {
        let zone = try SlotFixture.read().zone("Asia/Dubai"), day = try #require(Day(text: "2026-06-01"))
        let nine = zone.instant(of: ClinicTime(day, minute: 540))
        let rules = VisitRules(
            minutes: 30, stepMinutes: 30, bufferBeforeMinutes: 5, bufferAfterMinutes: 10)
        let availability = Availability(
            hours: [WeeklyHours(.monday, from: 540, to: 720)],
            taken: [Slot(from: nine + .seconds(3600), minutes: 30)], zone: zone, rules: rules)
        let minutes = availability.slots(from: day, days: 1, now: nine - .seconds(86_400)).map {
            zone.clinicTime(at: $0.start).minute
        }
        #expect(minutes == [540, 660, 690])
    }

    @Test("hours end with the day before the one that says until")
    func effectiveDays() throws {
        let monday = try #require(Day(text: "2027-01-04"))
        let hours = WeeklyHours(.monday, from: 540, to: 600, firstDay: monday, untilDay: monday + 7)
        #expect([-7, 0, 1, 7].map { hours.hold(on: monday + $0) } == [false, true, false, false])
        #expect(!hours.overlaps(WeeklyHours(.monday, from: 540, to: 600, firstDay: monday + 7)))
        #expect(hours.overlaps(WeeklyHours(.monday, from: 599, to: 660)))
    }

    @Test(
        "each broken rule is named, all at once",
        arguments: [
            ("2026-06-01T09:00", [StartFlaw.tooSoon]),
            ("2026-06-01T11:00", []),
            ("2026-06-01T11:10", [.offStep]),
            ("2026-06-01T11:45", [.outsideHours]),
            ("2026-06-08T11:00", []),
            ("2026-06-15T11:00", [.beyondHorizon]),
            ("2026-06-15T20:00", [.beyondHorizon, .outsideHours]),
            ("2026-05-31T11:00", [.tooSoon, .outsideHours]),
        ])
    func flaws(start: String, expected: [StartFlaw]) throws {
        let zone = try SlotFixture.read().zone("Asia/Dubai")
        let availability = Availability(
            hours: [WeeklyHours(.monday, from: 540, to: 720)], taken: [], zone: zone,
            rules: VisitRules(minutes: 30, stepMinutes: 30, leadMinutes: 120, horizonDays: 10))
        let now = try zone.instant(ofText: "2026-06-01T08:30")
        #expect(availability.flaws(of: try zone.instant(ofText: start), now: now) == expected)
    }

    /// Half-hour starts of a shift in Bucharest, as the wall clock shows them.
    private func nightShift(_ date: String, from: Int, to: Int) throws -> [String] {
        let zone = try SlotFixture.read().zone("Europe/Bucharest"), day = try #require(Day(text: date))
        let availability = Availability(
            hours: [WeeklyHours(day.weekday, from: from, to: to)], taken: [], zone: zone,
            rules: VisitRules(minutes: 30, stepMinutes: 30))
        let now = zone.instant(of: ClinicTime(day + -1, minute: 0))
        return availability.slots(from: day, days: 1, now: now).map { "\(zone.clinicTime(at: $0.start))" }
    }
}

extension Zone {
    /// The moment at which the wall clock shows `2026-06-01T09:00`.
    fileprivate func instant(ofText text: String) throws -> Instant {
        let parts = text.split(separator: "T"), clock = parts[1].split(separator: ":").compactMap { Int($0) }
        return instant(of: ClinicTime(try #require(Day(text: parts[0])), minute: clock[0] * 60 + clock[1]))
    }
}
