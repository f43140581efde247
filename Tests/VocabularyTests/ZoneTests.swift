import Glibc
import Testing
import Vocabulary

/// The system's file, read the plain way.
func systemZone(_ identifier: String) throws -> Zone {
    let file = try #require(fopen("/usr/share/zoneinfo/\(identifier)", "r"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = fread(&bytes, 1, bytes.count, file)
    return try Zone(identifier: identifier, tzif: Array(bytes[..<count]))
}

@Suite("A zone")
struct ZoneTests {
    private func time(_ day: String, _ minute: Int) throws -> ClinicTime {
        ClinicTime(try #require(Day(text: day)), minute: minute)
    }

    @Test("shows the wall clock of its place")
    func offsets() throws {
        let kolkata = try systemZone("Asia/Kolkata")
        let noon = try #require(Instant(text: "2027-01-04T12:00:00Z"))
        #expect(kolkata.offset(at: noon) == 19_800)
        #expect(kolkata.clinicTime(at: noon) == (try time("2027-01-04", 17 * 60 + 30)))
    }

    @Test("a wall time that the clock jumps over is never shown")
    func gap() throws {
        let bucharest = try systemZone("Europe/Bucharest")
        let jump = try #require(Instant(text: "2027-03-28T01:00:00Z"))
        #expect(bucharest.reading(of: try time("2027-03-28", 210)) == .never(jumpedAt: jump))
        #expect(bucharest.reading(of: try time("2027-03-28", 180)) == .never(jumpedAt: jump))
        #expect(bucharest.reading(of: try time("2027-03-28", 240)) == .once(jump))
    }

    @Test("a wall time that the clock is put back over is shown twice")
    func fold() throws {
        let newYork = try systemZone("America/New_York")
        let first = try #require(Instant(text: "2027-11-07T05:30:00Z"))
        let second = try #require(Instant(text: "2027-11-07T06:30:00Z"))
        #expect(newYork.reading(of: try time("2027-11-07", 90)) == .twice(first, second))
        #expect(newYork.reading(of: try time("2027-11-07", 120)) == .once(second + .seconds(1800)))
    }

    @Test("clocks that move by half an hour are understood")
    func halfHour() throws {
        let lordHowe = try systemZone("Australia/Lord_Howe")
        let first = try #require(Instant(text: "2027-04-03T14:45:00Z"))
        #expect(lordHowe.reading(of: try time("2027-04-04", 105)) == .twice(first, first + .seconds(1800)))
    }

    @Test(
        "the rule for the years to come goes on as the file's transitions did",
        arguments: [
            "Europe/Bucharest", "America/New_York", "Australia/Lord_Howe", "Europe/Dublin", "America/Nuuk",
            "Asia/Kolkata", "America/Asuncion", "Pacific/Chatham",
        ])
    func rule(identifier: String) throws {
        let zone = try systemZone(identifier)
        // The calendar repeats every 400 years, and so do the rules that no year changes any more.
        let start = try #require(Instant(text: "2036-01-01T00:00:00Z")),
            cycle = Duration.seconds(146_097 * 86_400)
        for hour in 0..<(366 * 24) {
            let instant = start + .seconds(hour * 3600)
            #expect(zone.offset(at: instant) == zone.offset(at: instant + cycle))
        }
    }

    @Test(
        "every half hour of two years reads back to itself",
        arguments: ["Europe/Bucharest", "Australia/Lord_Howe"])
    func readsBack(identifier: String) throws {
        let zone = try systemZone(identifier), start = try #require(Instant(text: "2027-01-01T00:00:00Z"))
        for half in 0..<(730 * 48) {
            let instant = start + .seconds(half * 1800)
            switch zone.reading(of: zone.clinicTime(at: instant)) {
            case .once(let only): #expect(only == instant)
            case .twice(let first, let second): #expect(first == instant || second == instant)
            case .never: Issue.record("\(instant) is shown in \(identifier), yet called never")
            }
        }
    }

    @Test("a file cut short, or of something else, is refused at every length")
    func truncated() throws {
        let file = try #require(fopen("/usr/share/zoneinfo/Europe/Bucharest", "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&bytes, 1, bytes.count, file)
        for length in 0..<count {
            #expect(throws: ZoneFlaw.self) { try Zone(identifier: "x", tzif: Array(bytes[..<length])) }
        }
    }
}
