import JSON
import Tenancy
import TestKit
import Testing
import Vocabulary

@testable import Scheduling

@Suite("Figures of appointments, in which nobody can be found")
struct AppointmentFigureTests {
    private static let monday = Day(number: 20_815)
    private static let places = (0..<2).map {
        ID<Location>(UniqueID(high: 0x7000, low: 0x8000_0000_0000_0000 + $0))
    }

    private static func counts(seed: UInt64, weeks: Int = 3) -> [AppointmentCount] {
        var chance = Chance(seed: seed)
        return (0..<200).map { _ in
            AppointmentCount(
                location: places[Int(chance.next() % 2)],
                visitType: ["consultation", "massage", "review"][Int(chance.next() % 3)],
                outcome: AppointmentOutcome.allCases[Int(chance.next() % 5)],
                ages: AgeBand(ofAge: Int(chance.next() % 100)),
                day: monday + Int(chance.next() % UInt64(7 * weeks)),
                count: 1 + Int(chance.next() % 4 &* chance.next() % 4))
        }
    }

    @Test(
        "no figure is small, nobody is counted twice, and of a place's week fewer than five are left out",
        arguments: UInt64(1)...20)
    func large(_ seed: UInt64) {
        let counts = Self.counts(seed: seed), figures = AppointmentFigures.figures(of: counts)
        #expect(figures.allSatisfy { $0.count >= AppointmentFigures.least })
        for place in Self.places {
            for week in 0..<3 {
                let days = Self.monday + 7 * week..<Self.monday + 7 * week + 7
                let all = counts.filter { $0.location == place && days.contains($0.day) }
                let told = figures.filter { $0.cell.location == place && days.contains($0.cell.from) }
                let missing = all.reduce(0) { $0 + $1.count } - told.reduce(0) { $0 + $1.count }
                #expect((0..<AppointmentFigures.least).contains(missing), "\(missing)")
                #expect(told.allSatisfy { $0.cell.days == 1 || $0.cell.from == days.lowerBound })
            }
        }
        #expect(Set(figures.map(\.cell)).count == figures.count)
    }

    @Test("what is told of a week is the same whatever else is asked for", arguments: UInt64(1)...10)
    func windows(_ seed: UInt64) {
        let counts = Self.counts(seed: seed), whole = AppointmentFigures.figures(of: counts)
        for week in 0..<3 {
            let days = Self.monday + 7 * week..<Self.monday + 7 * week + 7
            let alone = AppointmentFigures.figures(of: counts.filter { days.contains($0.day) })
            #expect(alone.map(\.jsonText) == whole.filter { days.contains($0.cell.from) }.map(\.jsonText))
        }
    }

    @Test("the finest cell that is large enough is told: a day, a week, a week without ages, without kinds")
    func grains() {
        func cells(_ counts: [(type: String, age: Int, day: Int, count: Int)]) -> [String] {
            AppointmentFigures.figures(
                of: counts.map {
                    AppointmentCount(
                        location: Self.places[0], visitType: $0.type, outcome: .came,
                        ages: AgeBand(ofAge: $0.age),
                        day: Self.monday + $0.day, count: $0.count)
                }
            ).map { figure in
                let cell = figure.cell
                return "\(cell.days) \(cell.visitType ?? "-") \(cell.ages?.text ?? "-") \(figure.count)"
            }
        }
        #expect(cells([("a", 34, 0, 5)]) == ["1 a 30-39 5"])
        #expect(cells([("a", 34, 0, 3), ("a", 39, 6, 2)]) == ["7 a 30-39 5"])
        #expect(cells([("a", 34, 0, 3), ("a", 41, 0, 2)]) == ["7 a - 5"])
        #expect(cells([("a", 34, 0, 3), ("b", 41, 0, 2)]) == ["7 - - 5"])
        #expect(cells([("a", 34, 0, 4)]) == [])
        #expect(cells([("a", 34, 0, 3), ("a", 34, 7, 2)]) == [], "two weeks are never told together")
    }

    @Test(
        "ages are told in tens, and the oldest together",
        arguments: [(0, "0-9"), (39, "30-39"), (90, "90+"), (112, "90+")])
    func ages(_ years: Int, _ text: String) {
        #expect(AgeBand(ofAge: years).text == text)
    }

    @Test("a week begins on its Monday, before 1970 as well", arguments: [-4, -3, 0, 3, 4, 20_811, 20_817])
    func mondays(_ number: Int32) {
        let day = Day(number: number)
        #expect(day.monday.weekday == .monday && (0..<7).contains(day - day.monday))
    }
}
