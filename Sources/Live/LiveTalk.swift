import Access
import EndpointKit
import Identity
import Outbox
import Tenancy
import Vocabulary

/// How a follower is spoken to.
protocol LiveVoice {
    /// From here on everything will be told.
    func begin(at name: EventName) async throws
    /// What has happened, and up to where that is everything, where the last of it does not say so.
    func tell(_ events: [LiveEvent], upTo name: EventName?) async throws
    /// Nothing has happened up to here.
    func quiet(at name: EventName) async throws
    /// Too much was missed to be told: what is shown must be read anew; from here on everything will be told.
    func reset(to name: EventName) async throws
    /// Nothing more will come.
    func end(_ ending: LiveEnding) async throws
}

/// What one follower has been told, and what comes next, in whichever voice. Lives on its connection.
final class LiveTalk<Voice: LiveVoice> {
    /// Whoever has missed more reads anew.
    private static var missedMax: Int { 5_000 }
    private static var batch: Int { 500 }

    let local: LoopFollowers
    let number: Int
    let voice: Voice
    private let hub: LiveHub
    private let request: CallerRequest
    private(set) var following: Following
    private var position: OutboxPosition = .beginning

    private init(_ hub: LiveHub, _ feed: EventFeed, _ voice: Voice, nudge: (@Sendable () -> Void)?) async {
        (self.hub, request, following, self.voice) = (hub, feed.request, feed.following, voice)
        local = hub.local
        // Kept from here on; what is read begins before: between the two nothing is lost.
        number = await local.add(
            request.tenant.id, request.caller.id, keptBy: request.caller.keeper?.unique,
            until: request.provenUntil, following, nudge: nudge)
    }

    /// Begins to follow, lends the talk to `body`, and takes leave.
    static func hold(
        _ feed: EventFeed, at hub: LiveHub, in voice: Voice, nudge: (@Sendable () -> Void)? = nil,
        _ body: (LiveTalk) async throws -> Void
    ) async throws {
        let (caller, tenant) = (feed.request.caller.id, feed.request.tenant.id)
        guard hub.admit(caller) else { return try await voice.end(.tooMany) }
        let talk = await LiveTalk(hub, feed, voice, nudge: nudge)
        var (hasJoined, fault) = (false, nil as (any Error)?)
        do {
            let now = try await hub.relay.join(tenant)
            hasJoined = true
            try await talk.catchUp(from: feed.last, to: now)
            try await body(talk)
        } catch { fault = error }
        await talk.local.remove(talk.number)
        if hasJoined { hub.relay.leave(tenant) }
        hub.dismiss(caller)
        if let fault { throw fault }
    }

    /// Tells what comes next; false when that was the end.
    func answer(_ turn: LiveTurn) async throws -> Bool {
        switch turn {
        case .events(let events):
            let new = events.filter { $0.position > position }
            guard let last = new.last else { return true }
            position = last.position
            try await voice.tell(new, upTo: nil)
        case .quiet(let told):
            position = max(told ?? position, position)
            try await voice.quiet(at: name(of: position))
        case .check:
            guard let ending = await check() else { return true }
            try await voice.end(ending)
            return false
        case .end(let ending):
            try await voice.end(ending)
            return false
        }
        return true
    }

    /// The caller's permit as the clinic's rows have it now.
    func permit() async throws -> Permit<FollowAppointments> {
        guard let request = try await request.readAgain() else { throw Problem.notAllowed }
        return try AccessPolicy.permit(FollowAppointments.self, for: request)
    }

    /// Follows something else from now on.
    func follow(_ following: Following) async {
        self.following = following
        await local.update(number, following)
    }

    /// Nil when everything followed may still be followed.
    private func check() async -> LiveEnding? {
        do {
            guard let following = try await Following.again(following.topics, request) else {
                return .notAllowed
            }
            await follow(following)
            return nil
        } catch { return .unavailable }
    }
}

extension LiveTalk {
    /// What was missed since the follower was here last.
    private func catchUp(from name: EventName?, to now: OutboxPosition) async throws {
        guard let name else {
            position = now
            return try await voice.begin(at: self.name(of: now))
        }
        // Given to another clinic, or under another secret.
        guard let last = hub.names.position(named: name, in: request.tenant.id) else {
            return try await reset(to: now)
        }
        if last > now {
            // Said by another instance a moment ago, or by a database that has been set back.
            let latest = try await Outbox.now(in: request.request.database)
            guard last <= latest else { return try await reset(to: latest) }
        }
        position = last
        for _ in 0..<(Self.missedMax / Self.batch) {
            let events = try await Outbox.after(position, in: request.clinic, limit: Self.batch)
            position = events.last?.position ?? position
            let heard = events.compactMap { LiveEvent($0, hub.names) }.filter(following.hears)
            let isMarked = heard.last?.position == position
            try await voice.tell(heard, upTo: isMarked ? nil : self.name(of: position))
            if events.count < Self.batch { return }
        }
        try await reset(to: max(now, position))
    }

    private func reset(to position: OutboxPosition) async throws {
        self.position = position
        try await voice.reset(to: name(of: position))
    }

    private func name(of position: OutboxPosition) -> EventName {
        hub.names.name(of: position, in: request.tenant.id)
    }
}
