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
        let provenUntil: Instant
        var following: Following
        var waiting: [LiveEvent] = []
        var waiter: UnsafeContinuation<LiveTurn, Never>?
        var mustCheck = false
        var ending: LiveEnding?
        var checkedAt: UInt64
        var toldAt: UInt64

        init(_ tenant: TenantID, _ caller: UniqueID, until end: Instant, _ following: Following, now: UInt64)
        {
            (self.tenant, self.caller, provenUntil, self.following) = (tenant, caller, end, following)
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
    func add(_ tenant: TenantID, _ caller: UniqueID, until end: Instant, _ following: Following) -> Int {
        lastNumber += 1
        let follower = Follower(tenant, caller, until: end, following, now: loop.now)
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
            for event in events where follower.following.hears(event) { follower.waiting.append(event) }
            if follower.waiting.count > Self.waitingMax {
                (follower.waiting, follower.ending) = ([], .tooSlow)
            }
            wake(follower)
        }
    }

    /// Has everybody looked at again whom a change may be about.
    func check(where isMeant: (_ tenant: TenantID, _ caller: UniqueID) -> Bool) {
        for follower in followers.values where isMeant(follower.tenant, follower.caller) {
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
        guard !follower.waiting.isEmpty else { return nil }
        follower.toldAt = loop.now
        defer { follower.waiting = [] }
        return .events(follower.waiting)
    }

    private func wake(_ follower: Follower) {
        guard follower.waiter != nil, let turn = turn(of: follower) else { return }
        resume(follower, turn)
    }

    private func resume(_ follower: Follower, _ turn: LiveTurn) {
        guard let waiter = follower.waiter else { return }
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
            wake(follower)
            if now >= follower.toldAt + Self.quietMilliseconds {
                follower.toldAt = now
                resume(follower, .quiet(positions[follower.tenant]))
            }
        }
        sweepLater()
    }
}
