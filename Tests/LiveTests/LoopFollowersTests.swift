import Access
import EventLoop
import Records
import Synchronization
import Tenancy
import TestKit
import Testing
import Vocabulary

@testable import Live
@testable import Outbox

@Suite("Those who follow on a loop") struct LoopFollowersTests {
    private static let tenant = TenantID(number: 7)
    private static let here = ID<Location>(UniqueID(high: 1, low: 1)),
        there = ID<Location>(UniqueID(high: 1, low: 2))
    private static let mine = ID<Practitioner>(UniqueID(high: 2, low: 1)),
        other = ID<Practitioner>(UniqueID(high: 2, low: 2))
    private static let caller = UniqueID(high: 3, low: 1)
    private static let now = Instant(seconds: 1_798_970_400)

    private static func event(
        _ number: Int64, at place: ID<Location> = here, with practitioner: ID<Practitioner> = mine
    ) throws
        -> LiveEvent
    {
        let payload = #"{"practitioner": "\#(practitioner)", "location": "\#(place)"}"#
        return try #require(LiveEvent(LiveEventTests.event(number, payload: payload), LiveEventTests.names()))
    }

    /// Lends a loop's followers to `body`, on that loop.
    private static func withFollowers(
        at moment: @escaping @Sendable () -> Instant = { now },
        _ body: @escaping @Sendable (LoopFollowers) async throws -> Void
    ) async throws {
        let group = EventLoopGroup(count: 1)
        let followers = LoopFollowers(on: group.loops[0], clock: WallClock(moment))
        let outcome = await Result { try await group.loops[0].perform { try await body(followers) } }
        group.stop()
        try outcome.get()
    }

    private static func add(
        _ topics: [Topic] = [.appointments], _ reach: LocationReach = .everywhere,
        to followers: LoopFollowers,
        own: ID<Practitioner>? = nil
    ) async -> Int {
        await followers.add(
            tenant, caller, until: now + .seconds(60), Following(topics, within: reach, own: own))
    }

    private static func tell(_ followers: LoopFollowers, _ events: [LiveEvent], of tenant: TenantID = tenant)
        async
    {
        await followers.tell(events, of: tenant, upTo: events.last?.position ?? .beginning)
    }

    @Test("hear their own clinic's events, in order")
    func order() async throws {
        try await Self.withFollowers { followers in
            let number = await Self.add(to: followers)
            await Self.tell(followers, try (1...3).map { try Self.event($0) })
            await Self.tell(followers, [try Self.event(9)], of: TenantID(number: 8))
            guard case .events(let events) = await followers.next(number) else {
                Issue.record("nothing was told")
                return
            }
            #expect(events.map(\.position.sequence) == [1, 2, 3])
            #expect(await followers.nextAtOnce(number) == nil)
        }
    }

    @Test("are let go when they fall behind, whatever they had not read yet")
    func slow() async throws {
        try await Self.withFollowers { followers in
            let number = await Self.add(to: followers)
            for place in 0...Int64(LoopFollowers.waitingMax) {
                await Self.tell(followers, [try Self.event(place)])
            }
            #expect(await followers.next(number).ending == .tooSlow)
        }
    }

    @Test("hear nothing more once their token has ended")
    func expired() async throws {
        let moment = Mutex(Self.now)
        let clock: @Sendable () -> Instant = { moment.withLock { $0 } }
        try await Self.withFollowers(at: clock) { followers in
            let number = await Self.add(to: followers)
            moment.withLock { $0 = Self.now + .seconds(61) }
            #expect(await followers.next(number).ending == .tokenExpired)
        }
    }

    @Test("are looked at before they hear what came after a change, and hear only what still reaches them")
    func checked() async throws {
        try await Self.withFollowers { followers in
            let number = await Self.add(to: followers)
            await followers.check { $1 == Self.caller }
            await Self.tell(followers, [try Self.event(1), try Self.event(2, at: Self.there)])
            guard case .check? = await followers.nextAtOnce(number) else {
                Issue.record("the change was passed over")
                return
            }
            await followers.update(number, Following([.appointments], within: .only([Self.there]), own: nil))
            guard case .events(let events)? = await followers.nextAtOnce(number) else {
                Issue.record("nothing was told")
                return
            }
            #expect(events.map(\.position.sequence) == [2])
        }
    }

    @Test(
        "hear by topic and by how far their role reaches",
        arguments: [
            ([Topic.appointments], LocationReach.everywhere, nil, [1, 2, 3, 4]),
            ([.appointments], .only([here]), nil, [1, 2]), ([.location(there)], .everywhere, nil, [3, 4]),
            ([.location(there)], .only([here]), nil, []), ([.practitioner(other)], .everywhere, nil, [2, 4]),
            ([.practitioner(other)], .only([here]), nil, [2]), ([.own], .only([]), mine, [1, 3]),
            ([.own], .everywhere, nil, []), ([.appointments], .only([]), mine, []),
            ([.practitioner(mine)], .only([]), mine, [1, 3]),
            ([.own, .location(here)], .everywhere, mine, [1, 2, 3]),
            ([], .everywhere, mine, []),
        ] as [([Topic], LocationReach, ID<Practitioner>?, [Int64])])
    func topics(topics: [Topic], reach: LocationReach, own: ID<Practitioner>?, heard: [Int64]) throws {
        let following = Following(topics, within: reach, own: own)
        let events = [
            try Self.event(1), try Self.event(2, with: Self.other), try Self.event(3, at: Self.there),
            try Self.event(4, at: Self.there, with: Self.other),
        ]
        #expect(events.filter(following.hears).map(\.position.sequence) == heard)
    }
}

extension LiveTurn {
    fileprivate var ending: LiveEnding? { if case .end(let ending) = self { ending } else { nil } }
}
