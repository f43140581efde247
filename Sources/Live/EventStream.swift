import HTTP
import Identity
import Outbox
import Tenancy

/// Tells one caller what they follow, as server-sent events, until something ends it.
struct EventStream: Sendable {
    /// Whoever has missed more is told to read anew what they show.
    static let missedMax = 5_000
    private static let batch = 500

    let hub: LiveHub
    let feed: EventFeed

    /// The answer: no proxy may gather what should arrive at once.
    var response: HTTPResponse {
        var response = HTTPResponse.stream(type: "text/event-stream") { try await write(to: $0) }
        response.fields.add(FieldName("X-Accel-Buffering"), "no")
        return response
    }

    private func write(to writer: ResponseWriter) async throws {
        let (caller, tenant) = (feed.request.caller.id, feed.request.tenant.id)
        guard hub.admit(caller) else { return try await writer.write(Self.farewell(.tooMany)) }
        let local = hub.local
        // Kept from here on, and read from there on: between the two nothing is lost.
        let number = await local.add(tenant, caller, until: feed.request.provenUntil, feed.following)
        var ended: (any Error)?
        var hasJoined = false
        do {
            let now = try await hub.relay.join(tenant)
            hasJoined = true
            let position = try await catchUp(to: now, writer)
            try await follow(number, after: position, local, writer)
        } catch { ended = error }
        await local.remove(number)
        if hasJoined { await hub.relay.leave(tenant) }
        hub.dismiss(caller)
        if let ended { throw ended }
    }

    /// What was missed since the caller was here last.
    private func catchUp(to now: OutboxPosition, _ writer: ResponseWriter) async throws -> OutboxPosition {
        guard var position = feed.position else {
            try await writer.write("retry: 2000\nid: \(now.text)\n\n")
            return now
        }
        if position > now {
            // Said by another instance a moment ago, or by a database that has been set back.
            let latest = try await Outbox.now(in: feed.request.request.database)
            guard position <= latest else { return try await reset(to: latest, writer) }
        }
        for _ in 0..<(Self.missedMax / Self.batch) {
            let events = try await Outbox.after(position, in: feed.request.clinic, limit: Self.batch)
            let heard = events.compactMap(LiveEvent.init).filter(feed.following.hears)
            position = events.last?.position ?? position
            try await writer.write("retry: 2000\n\n" + Self.text(heard) + "id: \(position.text)\n\n")
            if events.count < Self.batch { return position }
        }
        return try await reset(to: now, writer)
    }

    /// Too much was missed, or the position is none of this outbox.
    private func reset(to now: OutboxPosition, _ writer: ResponseWriter) async throws -> OutboxPosition {
        try await writer.write("id: \(now.text)\nevent: reset\ndata: {}\n\n")
        return now
    }

    private func follow(
        _ number: Int, after start: OutboxPosition, _ local: LoopFollowers, _ writer: ResponseWriter
    ) async throws {
        var position = start
        while true {
            switch await local.next(number) {
            case .events(let events):
                for event in events where event.position > position {
                    try await writer.write(event.frame)
                    position = event.position
                }
            case .quiet(let told):
                try await writer.write(": quiet\nid: \(max(told ?? position, position).text)\n\n")
            case .check:
                if let ending = await check(number, local) {
                    return try await writer.write(Self.farewell(ending))
                }
            case .end(let ending): return try await writer.write(Self.farewell(ending))
            }
        }
    }

    /// Nil when everything followed may still be followed.
    private func check(_ number: Int, _ local: LoopFollowers) async -> LiveEnding? {
        do {
            guard let following = try await Following.again(feed.following.topics, feed.request) else {
                return .notAllowed
            }
            await local.update(number, following)
            return nil
        } catch { return .unavailable }
    }

    private static func text(_ events: [LiveEvent]) -> String {
        String(decoding: events.flatMap(\.frame), as: UTF8.self)
    }

    /// Ten thousand must not come back in the same moment.
    private static func farewell(_ ending: LiveEnding) -> String {
        "retry: \(Int.random(in: 1_000...5_000))\nevent: end\ndata: {\"reason\":\"\(ending.rawValue)\"}\n\n"
    }
}
