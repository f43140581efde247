import Crypto
import Testing
import Vocabulary

@testable import Outbox

@Suite("The name of an event") struct EventNamesTests {
    private static func names(_ byte: UInt8 = 7) throws -> EventNames {
        EventNames(under: try Secret(rawBytes: Array(repeating: byte, count: 32)))
    }
    private static let (asha, ravi) = (TenantID(number: 7), TenantID(number: 8))

    @Test(
        "leads back to its place, at its clinic alone",
        arguments: [
            OutboxPosition.beginning, OutboxPosition(transaction: 7431, sequence: 1029),
            OutboxPosition(transaction: 1 << 47, sequence: .max),
            OutboxPosition(transaction: 1 << 48 - 1, sequence: 1 << 48 - 2),
        ])
    func roundTrip(_ position: OutboxPosition) throws {
        let names = try Self.names(), name = names.name(of: position, in: Self.asha)
        #expect(names.position(named: name, in: Self.asha) == position)
        #expect(names.position(named: name, in: Self.ravi) == nil)
        #expect(try Self.names(8).position(named: name, in: Self.asha) == nil, "under another secret")
        #expect(EventName(text: name.text) == name)
    }

    @Test("says nothing of the numbers: neighbours are named as unlike as strangers")
    func unlike() throws {
        let names = try Self.names()
        let all = (0..<200).map {
            names.name(of: OutboxPosition(transaction: 7431, sequence: $0), in: Self.asha).unique
        }
        #expect(Set(all).count == 200)
        #expect(all != all.sorted())
        let same = zip(all, all.dropFirst()).map { one, next in
            (~(one.high ^ next.high)).nonzeroBitCount + (~(one.low ^ next.low)).nonzeroBitCount
        }
        #expect((60.0...68.0).contains(Double(same.reduce(0, +)) / Double(same.count)), "bits that are alike")
    }
}
