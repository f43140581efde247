import EventLoop
import Outbox
import Vocabulary

/// What a follower is told next.
enum LiveTurn: Sendable {
    /// Something happened.
    case events([LiveEvent])
    /// Nothing did for a while; everything up to here has been told.
    case quiet(OutboxPosition?)
    /// Their role may have changed: look before anything more is told.
    case check
    /// Nothing more will come.
    case end(LiveEnding)
}

/// Why nothing more will come.
enum LiveEnding: String, Sendable {
    /// The token has ended.
    case tokenExpired = "token_expired"
    /// A role was taken away, the caller was, or the clinic is suspended.
    case notAllowed = "not_allowed"
    /// The follower did not keep up; whoever comes back goes on where they stopped.
    case tooSlow = "too_slow"
    /// The caller holds as many streams open as one may.
    case tooMany = "too_many"
    /// This instance is closing; another one goes on.
    case draining
    /// What is allowed cannot be found out now.
    case unavailable
}

/// Who follows on one loop. An actor of that loop, so that followers and their connections call it plainly.
actor LoopFollowers {
    /// One who follows.
    private final class Follower {
        let tenant: TenantID
        let caller: UniqueID
        /// Who answers for a program that follows.
        let keeper: UniqueID?
        let provenUntil: Instant
        var following: Following
        var waiting: [LiveEvent] = []
        var waiter: UnsafeContinuation<LiveTurn, Never>?
        /// Called instead of resuming the waiter, by whoever waits for other things as well.
        var nudge: (@Sendable () -> Void)?
        var mustCheck = false
        var isQuiet = false
        var ending: LiveEnding?
        var checkedAt: UInt64
        var toldAt: UInt64

        init(
            _ tenant: TenantID, _ caller: UniqueID, keptBy keeper: UniqueID?, until end: Instant,
            _ following: Following, now: UInt64
        ) {
            (self.tenant, self.caller, self.keeper) = (tenant, caller, keeper)
            (provenUntil, self.following) = (end, following)
            (checkedAt, toldAt) = (now, now)
        }
    }

    /// More than so many events behind, and a follower is let go: they lose nothing by coming back.
    static let waitingMax = 256
    /// A proxy closes what is silent for long.
    private static let quietMilliseconds: UInt64 = 15_000
    /// How long a role is believed without a notice that it changed.
    private static let checkMilliseconds: UInt64 = 30_000

    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.serial.asUnownedSerialExecutor() }
    private let clock: WallClock
    private var followers: [Int: Follower] = [:]
    private var ofTenant: [TenantID: Set<Int>] = [:]
    private var positions: [TenantID: OutboxPosition] = [:]
    private var lastNumber = 0
    private var isDraining = false
    private var isSweeping = false

    init(on loop: EventLoop, clock: WallClock) { (self.loop, self.clock) = (loop, clock) }

    /// From now on the follower's events are kept for them.
    ///
    /// With a `nudge` they are told so when there is something, and ask `nextAtOnce`.
    func add(
        _ tenant: TenantID, _ caller: UniqueID, keptBy keeper: UniqueID? = nil, until end: Instant,
        _ following: Following, nudge: (@Sendable () -> Void)? = nil
    ) -> Int {
        lastNumber += 1
        let follower = Follower(
            tenant, caller, keptBy: keeper, until: end, following, now: loop.now)
        follower.nudge = nudge
        if isDraining { follower.ending = .draining }
        followers[lastNumber] = follower
        ofTenant[tenant, default: []].insert(lastNumber)
        if !isSweeping { sweepLater() }
        return lastNumber
    }

    func remove(_ number: Int) {
        guard let follower = followers.removeValue(forKey: number) else { return }
        ofTenant[follower.tenant]?.remove(number)
        guard ofTenant[follower.tenant]?.isEmpty == true else { return }
        (ofTenant[follower.tenant], positions[follower.tenant]) = (nil, nil)
    }

    /// What the follower is told next, as soon as there is something.
    func next(_ number: Int) async -> LiveTurn {
        guard let follower = followers[number] else { return .end(.draining) }
        if let turn = turn(of: follower) { return turn }
        return await withUnsafeContinuation { follower.waiter = $0 }
    }

    /// What the follower is told next, if there is something.
    func nextAtOnce(_ number: Int) -> LiveTurn? {
        guard let follower = followers[number] else { return .end(.draining) }
        return turn(of: follower)
    }

    /// The follower's role was looked at again: what waits is told only as far as it still reaches.
    func update(_ number: Int, _ following: Following) {
        guard let follower = followers[number] else { return }
        (follower.following, follower.checkedAt) = (following, loop.now)
        follower.waiting.removeAll { !following.hears($0) }
    }
}

extension LoopFollowers {
    /// Hands events of one clinic to those who follow them.
    func tell(_ events: [LiveEvent], of tenant: TenantID, upTo position: OutboxPosition) {
        guard let numbers = ofTenant[tenant] else { return }
        positions[tenant] = position
        for number in numbers {
            guard let follower = followers[number] else { continue }
            let before = follower.waiting.count
            for event in events where follower.following.hears(event) { follower.waiting.append(event) }
            guard follower.waiting.count > before else { continue }
            if follower.waiting.count > Self.waitingMax {
                (follower.waiting, follower.ending) = ([], .tooSlow)
            }
            wake(follower)
        }
    }

    /// Has everybody looked at again whom a change may be about.
    func check(where isMeant: (_ tenant: TenantID, _ caller: UniqueID) -> Bool) {
        for follower in followers.values
        where isMeant(follower.tenant, follower.caller)
            || follower.keeper.map({ isMeant(follower.tenant, $0) }) == true
        {
            follower.mustCheck = true
            wake(follower)
        }
    }

    /// Says goodbye to everybody, and to whoever still comes.
    func drain() {
        isDraining = true
        for follower in followers.values {
            follower.ending = follower.ending ?? .draining
            wake(follower)
        }
    }

    private func turn(of follower: Follower) -> LiveTurn? {
        if let ending = follower.ending { return .end(ending) }
        if follower.mustCheck {
            follower.mustCheck = false
            return .check
        }
        if follower.isQuiet {
            follower.isQuiet = false
            if follower.waiting.isEmpty { return .quiet(positions[follower.tenant]) }
        }
        guard !follower.waiting.isEmpty else { return nil }
        follower.toldAt = loop.now
        defer { follower.waiting = [] }
        return .events(follower.waiting)
    }

    private func wake(_ follower: Follower) {
        if let nudge = follower.nudge { return nudge() }
        guard let waiter = follower.waiter, let turn = turn(of: follower) else { return }
        follower.waiter = nil
        waiter.resume(returning: turn)
    }

    /// Once a second, as long as anybody follows: one timer for all.
    private func sweepLater() {
        isSweeping = !followers.isEmpty
        guard isSweeping else { return }
        loop.schedule(after: .seconds(1)) { [weak self] in
            self?.assumeIsolated { $0.sweep() }
        }
    }

    private func sweep() {
        let (now, moment) = (loop.now, clock.now())
        for follower in followers.values {
            if moment >= follower.provenUntil { follower.ending = follower.ending ?? .tokenExpired }
            if now >= follower.checkedAt + Self.checkMilliseconds {
                (follower.checkedAt, follower.mustCheck) = (now, true)
            }
            if now >= follower.toldAt + Self.quietMilliseconds {
                (follower.toldAt, follower.isQuiet) = (now, true)
            }
            if follower.isQuiet || follower.mustCheck || follower.ending != nil { wake(follower) }
        }
        sweepLater()
    }
}
