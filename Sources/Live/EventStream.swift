import HTTP
import Outbox

/// Tells one caller what they follow, as server-sent events, until something ends it.
struct EventStream: Sendable {
    let hub: LiveHub
    let feed: EventFeed

    /// The answer: no proxy may gather what should arrive at once.
    var response: HTTPResponse {
        var response = HTTPResponse.stream(type: "text/event-stream") { writer in
            try await LiveTalk.hold(feed, at: hub, in: StreamVoice(writer: writer)) { talk in
                while try await talk.answer(await talk.local.next(talk.number)) {}
            }
        }
        response.fields.add(FieldName("X-Accel-Buffering"), "no")
        return response
    }
}

/// The words of a stream of server-sent events.
private struct StreamVoice: LiveVoice {
    let writer: ResponseWriter

    func begin(at position: OutboxPosition) async throws {
        try await writer.write("retry: 2000\nid: \(position.text)\n\n")
    }

    func tell(_ events: [LiveEvent], upTo position: OutboxPosition) async throws {
        if events.count == 1, events[0].position == position {
            return try await writer.write(events[0].frame)
        }
        try await writer.write(events.flatMap(\.frame) + Array("id: \(position.text)\n\n".utf8))
    }

    func quiet(at position: OutboxPosition) async throws {
        try await writer.write(": quiet\nid: \(position.text)\n\n")
    }

    func reset(to position: OutboxPosition) async throws {
        try await writer.write("id: \(position.text)\nevent: reset\ndata: {}\n\n")
    }

    /// Ten thousand must not come back in the same moment.
    func end(_ ending: LiveEnding) async throws {
        let retry = "retry: \(Int.random(in: 1_000...5_000))\n"
        try await writer.write("\(retry)event: end\ndata: {\"reason\":\"\(ending.rawValue)\"}\n\n")
    }
}
