import Tenancy
import Testing
import Vocabulary

@testable import Messaging

@Suite("Whether a message is still to be sent")
struct SendDecisionTests {
    /// Seven in the morning in UTC; past noon where the reader lives.
    private static let noon = Instant(seconds: 1_799_046_000)

    private func message(
        _ category: MessageCategory, by channel: MessageChannel = .sms, expiresIn: Int = 3600
    )
        -> Message
    {
        Message(
            id: .random(at: Self.noon), category: category, channel: channel, fallbacks: [],
            template: "appointment.booked", subject: nil, state: .waiting, tries: 0,
            expiresAt: Self.noon + .seconds(expiresIn), sealedContent: nil)
    }

    private var content: MessageContent {
        var content = MessageContent(languages: [], zone: "UTC")
        content.phone = "+919812345678"
        return content
    }

    private func decide(
        _ message: Message, _ content: MessageContent?, consent: Bool? = nil, zone: String = "Asia/Kolkata"
    ) throws -> SendDecision {
        let night = QuietHours(zone: try ZoneFiles().zone(named: zone))
        return SendDecision.decide(
            SendDecision.Grounds(
                message: message, content: content, consent: consent, night: night, now: Self.noon))
    }

    @Test("a message whose time is over is dropped, whatever else holds", arguments: MessageCategory.allCases)
    func expired(_ category: MessageCategory) throws {
        #expect(try decide(message(category, expiresIn: 0), content, consent: true) == .drop(.expired))
        #expect(try decide(message(category, expiresIn: -1), nil) == .drop(.expired))
    }

    @Test("a message whose subject has changed is dropped")
    func superseded() throws { #expect(try decide(message(.appointment), nil) == .drop(.superseded)) }

    @Test(
        "what somebody said decides, but for codes; what nobody asked for is only sent to those who want it",
        arguments: [
            (MessageCategory.code, nil as Bool?, true), (.code, false, true), (.appointment, nil, true),
            (.appointment, false, false), (.reminder, nil, true), (.reminder, false, false),
            (.record, nil, true), (.record, false, false), (.marketing, nil, false),
            (.marketing, true, true), (.marketing, false, false),
        ])
    func consent(_ category: MessageCategory, _ said: Bool?, _ isSent: Bool) throws {
        let decision = try decide(message(category), content, consent: said)
        #expect((decision == .send(to: "+919812345678")) == isSent)
    }

    @Test("without an address for the channel there is nobody to send to")
    func noAddress() throws {
        #expect(try decide(message(.appointment, by: .email), content) == .drop(.noAddress))
    }

    @Test("a reminder waits for the morning where its reader lives; an answer to what they just did does not")
    func night() throws {
        let morning = try #require(Instant(text: "2027-01-04T16:00:00Z"))
        let long = 86_400
        #expect(
            try decide(message(.reminder, expiresIn: long), content, zone: "America/Los_Angeles")
                == .later(until: morning, because: .quiet))
        #expect(
            try decide(message(.appointment, expiresIn: long), content, zone: "America/Los_Angeles")
                == .send(to: "+919812345678"))
        #expect(try decide(message(.reminder), content, zone: "America/Los_Angeles") == .drop(.expired))
    }

    @Test(
        "the night ends at eight on the wall, also when the clock was changed in it",
        arguments: [
            ("2027-03-28T00:30:00Z", "2027-03-28T05:00:00Z"),
            ("2027-10-31T00:30:00Z", "2027-10-31T06:00:00Z"),
            ("2027-01-04T19:00:00Z", "2027-01-05T06:00:00Z"), ("2027-01-04T12:00:00Z", nil),
        ])
    func clockChange(_ moment: String, _ end: String?) throws {
        let night = QuietHours(zone: try ZoneFiles().zone(named: "Europe/Bucharest"))
        #expect(night.end(at: try #require(Instant(text: moment))) == end.flatMap { Instant(text: $0) })
    }
}
