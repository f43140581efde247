import JobQueue
import Outgoing
import Testing
import Vocabulary

@testable import Webhooks

@Suite("What follows from a try")
struct DeliveryVerdictTests {
    private static let now = Instant(seconds: 1_799_046_000)

    @Test(
        "2xx is done, 410 ends it, everything else is tried again",
        arguments: [
            (200, DeliveryVerdict.delivered), (204, .delivered), (299, .delivered), (301, .again),
            (302, .again),
            (307, .again), (400, .again), (404, .again), (410, .disabled(.gone)), (429, .again),
            (500, .again),
            (503, .again), (101, .again),
        ])
    func codes(_ code: Int, _ verdict: DeliveryVerdict) {
        let attempt = DeliveryAttempt(at: Self.now, answered: code, [])
        #expect(DeliveryVerdict.judge(attempt, isLast: false, failingSince: nil) == verdict)
    }

    @Test("the last try gives up, and a day without an arrival ends it")
    func patience() {
        let attempt = DeliveryAttempt(at: Self.now, .timeout)
        let almost = Self.now - .seconds(86_399), day = Self.now - .seconds(86_400)
        #expect(DeliveryVerdict.judge(attempt, isLast: true, failingSince: nil) == .failed)
        #expect(DeliveryVerdict.judge(attempt, isLast: false, failingSince: almost) == .again)
        #expect(DeliveryVerdict.judge(attempt, isLast: false, failingSince: day) == .disabled(.failing))
        let arrived = DeliveryAttempt(at: Self.now, answered: 200, [])
        #expect(DeliveryVerdict.judge(arrived, isLast: true, failingSince: day) == .delivered)
    }

    @Test("the tries are spread over a little more than a day")
    func spread() {
        let retries = DeliverWebhook.retries
        let rests = (1..<DeliverWebhook.attempts).map { retries.rest(afterTries: $0, chance: 0.5) }
        let whole = rests.reduce(Duration.zero, +)
        #expect(whole > .seconds(24 * 3600))
        #expect(whole < .seconds(30 * 3600))
        #expect(rests.first == .seconds(5))
    }

    @Test(
        "of an answer at most a kilobyte is kept, in whole characters and without control characters",
        arguments: [
            Array(repeating: UInt8(ascii: "a"), count: 5000), Array(repeating: 0xff, count: 5000),
            Array(String(repeating: "ă", count: 3000).utf8), Array("a".utf8) + Array("अ".utf8) + [0, 10, 27],
            Array("a".utf8) + Array(String(repeating: "अ", count: 1000).utf8),
        ])
    func excerpt(_ body: [UInt8]) throws {
        let excerpt = try #require(DeliveryAttempt(at: Self.now, answered: 500, body).excerpt)
        #expect(excerpt.utf8.count <= 1024)
        #expect(!excerpt.isEmpty)
        #expect(excerpt.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }
}
