import Testing
import Vocabulary

@Suite("An instant")
struct InstantTests {
    @Test(
        "reads RFC 3339 and writes it in UTC",
        arguments: [
            ("2027-01-04T09:00:00+05:30", "2027-01-04T03:30:00Z"),
            ("2027-01-04T03:30:00Z", "2027-01-04T03:30:00Z"),
            ("2027-01-04t03:30:00.120z", "2027-01-04T03:30:00.12Z"),
            ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"),
            ("2024-02-29T00:00:00-00:00", "2024-02-29T00:00:00Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
        ])
    func text(written: String, utc: String) throws {
        #expect(try #require(Instant(text: written)).text == utc)
    }

    @Test(
        "refuses what only looks like one",
        arguments: [
            "", "2027-01-04", "2027-01-04 09:00:00Z", "2027-01-04T09:00:00", "2027-1-4T09:00:00Z",
            "2027-02-30T09:00:00Z", "2023-02-29T09:00:00Z", "2027-01-04T24:00:00Z", "2027-01-04T09:60:00Z",
            "2027-01-04T09:00:60Z", "2027-01-04T09:00:00.Z", "2027-01-04T09:00:00.1234567Z",
            "2027-01-04T09:00:00+24:00", "2027-01-04T09:00:00+0530", "2027-01-04T09:00:00ZZ",
            "+2027-01-04T09:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59-01:00",
            "२०२७-01-04T09:00:00Z",
        ])
    func refused(written: String) {
        #expect(Instant(text: written) == nil)
    }

    @Test("reads back what it wrote, whatever the year and the fraction")
    func roundTrip() {
        for _ in 0..<5000 {
            let moment = Int64.random(
                in: Instant.range.lowerBound.microseconds...Instant.range.upperBound.microseconds)
            // Rounded, so that decimals of every length come up.
            let grain: Int64 = [1, 10, 1000, 100_000, 1_000_000].randomElement() ?? 1
            let instant = Instant(microseconds: moment - moment % grain)
            #expect(Instant(text: instant.text) == instant)
        }
    }

    @Test("adds and subtracts spans to the microsecond, before 1970 too")
    func arithmetic() {
        let start = Instant(microseconds: -1)
        #expect(start + .microseconds(2) == Instant(microseconds: 1))
        #expect(start.seconds == -1)
        #expect(Instant(seconds: 10) - Instant(seconds: 12) == .seconds(-2))
    }
}

@Suite("A day")
struct DayTests {
    @Test("numbers every day of four centuries in order, with the weekday after the last one's")
    func everyDay() throws {
        let first = try #require(Day(year: 1900, month: 1, day: 1)),
            end = try #require(Day(text: "2300-01-01"))
        #expect(first.weekday == .monday)
        var expected = (year: 1900, month: 1, day: 1), weekday = 1
        for number in first.number..<end.number {
            let day = Day(number: number)
            #expect(day.civil == expected && day.weekday.rawValue == weekday)
            weekday = weekday % 7 + 1
            expected.day += 1
            if expected.day > Day.length(ofMonth: expected.month, year: expected.year) {
                expected =
                    expected.month == 12 ? (expected.year + 1, 1, 1) : (expected.year, expected.month + 1, 1)
            }
        }
    }

    @Test(
        "knows which days there are",
        arguments: ["2023-02-29", "2100-02-29", "2027-13-01", "2027-00-10", "2027-01-32"])
    func missing(text: String) {
        #expect(Day(text: text) == nil)
    }

    @Test("reads and writes its date", arguments: ["2024-02-29", "0001-01-01", "9999-12-31", "1970-01-01"])
    func text(text: String) throws {
        #expect(try #require(Day(text: text)).text == text)
    }
}
