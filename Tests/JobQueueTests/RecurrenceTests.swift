import JobQueue
import Tenancy
import Testing
import Vocabulary

@Suite struct RecurrenceTests {
    /// A rule, a zone, the moment after which, and what must come: with the zone's clock changes among them.
    struct Case: CustomTestStringConvertible, Sendable {
        let rule: String
        let zone: String
        let after: String
        let next: [String]
        var testDescription: String { "\(rule) in \(zone) after \(after)" }
    }

    static let cases = [
        // The clock goes from 03:00 to 04:00 on 28 March 2027: half past three is never shown, and comes at
        // the jump.
        Case(
            rule: "30 3 * * *", zone: "Europe/Bucharest", after: "2027-03-27T00:00:00Z",
            next: ["2027-03-27T01:30:00Z", "2027-03-28T01:00:00Z", "2027-03-29T00:30:00Z"]),
        // Several times in the gap come once.
        Case(
            rule: "*/20 3 * * *", zone: "Europe/Bucharest", after: "2027-03-27T12:00:00Z",
            next: ["2027-03-28T01:00:00Z", "2027-03-29T00:00:00Z", "2027-03-29T00:20:00Z"]),
        // On 31 October 2027 the hour from three to four is shown twice; it comes the first time alone.
        Case(
            rule: "30 3 * * *", zone: "Europe/Bucharest", after: "2027-10-30T12:00:00Z",
            next: ["2027-10-31T00:30:00Z", "2027-11-01T01:30:00Z"]),
        Case(
            rule: "0 9 * * 1-5", zone: "America/New_York", after: "2027-03-12T15:00:00Z",
            next: ["2027-03-15T13:00:00Z", "2027-03-16T13:00:00Z"]),
        Case(
            rule: "0 9 * * *", zone: "Asia/Kolkata", after: "2027-06-01T03:30:00Z",
            next: ["2027-06-02T03:30:00Z"]),
        // Half an hour of clock change, on Lord Howe Island: 02:00 to 02:30 on 3 October 2027.
        Case(
            rule: "15 2 * * *", zone: "Australia/Lord_Howe", after: "2027-10-02T00:00:00Z",
            next: ["2027-10-02T15:30:00Z", "2027-10-03T15:15:00Z"]),
        // A gap at midnight: Beirut goes from 00:00 to 01:00 on 28 March 2027.
        Case(
            rule: "0 0 * * *", zone: "Asia/Beirut", after: "2027-03-27T00:00:00Z",
            next: ["2027-03-27T22:00:00Z", "2027-03-28T21:00:00Z"]),
        Case(
            rule: "0 0 29 2 *", zone: "UTC", after: "2027-01-01T00:00:00Z",
            next: ["2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z"]),
        // Either day field suffices when both are given.
        Case(
            rule: "0 12 13 * 5", zone: "UTC", after: "2027-08-10T00:00:00Z",
            next: ["2027-08-13T12:00:00Z", "2027-08-20T12:00:00Z"]),
        Case(
            rule: "0 0 * * 0", zone: "UTC", after: "2027-01-01T00:00:00Z",
            next: ["2027-01-03T00:00:00Z", "2027-01-10T00:00:00Z"]),
        Case(
            rule: "0,30 8-10/2 1 1,7 *", zone: "UTC", after: "2027-01-01T08:00:00Z",
            next: [
                "2027-01-01T08:30:00Z", "2027-01-01T10:00:00Z", "2027-01-01T10:30:00Z",
                "2027-07-01T08:00:00Z",
            ]),
    ]

    @Test("a time comes once a day, also where the clock is changed over it", arguments: cases)
    func next(_ expected: Case) throws {
        let rule = try #require(Recurrence(expected.rule))
        let zone = try ZoneFiles().zone(named: expected.zone)
        var instant = try #require(Instant(text: expected.after))
        for wanted in expected.next {
            instant = try #require(rule.next(after: instant, in: zone))
            #expect(instant == Instant(text: wanted), "\(instant.text)")
        }
    }

    @Test("in a whole year, through every clock change, a daily time comes exactly once on every day")
    func everyDay() throws {
        let rule = try #require(Recurrence("30 2 * * *"))
        for name in [
            "Europe/Bucharest", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC",
        ] {
            let zone = try ZoneFiles().zone(named: name)
            var instant = Instant(seconds: 1_798_761_600), days: [Day] = []
            while days.count < 365, let next = rule.next(after: instant, in: zone) {
                days.append(zone.clinicTime(at: next).day)
                instant = next
            }
            #expect(Set(days).count == 365, "\(name)")
            #expect((days.last ?? days[0]) - days[0] == 364, "\(name)")
        }
    }

    @Test(
        "what is no rule, or never comes, is refused",
        arguments: [
            "", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8",
            "5-1 * * * *", "*/0 * * * *", "1/ * * * *", "a * * * *", "0 0 30 2 *", "0 0 31 4 *", "-1 * * * *",
            "1,,2 * * * *", "+1 * * * *",
        ])
    func refused(_ text: String) { #expect(Recurrence(text) == nil) }
}
