import HTTP
import Outbox
import Vocabulary

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

    func begin(at name: EventName) async throws {
        try await writer.write("retry: 2000\nid: \(name.text)\n\n")
    }

    func tell(_ events: [LiveEvent], upTo name: EventName?) async throws {
        if events.count == 1, name == nil { return try await writer.write(events[0].frame) }
        let mark = name.map { "id: \($0.text)\n\n" } ?? ""
        try await writer.write(events.flatMap(\.frame) + Array(mark.utf8))
    }

    func quiet(at name: EventName) async throws {
        try await writer.write(": quiet\nid: \(name.text)\n\n")
    }

    func reset(to name: EventName) async throws {
        try await writer.write("id: \(name.text)\nevent: reset\ndata: {}\n\n")
    }

    /// Ten thousand must not come back in the same moment.
    func end(_ ending: LiveEnding) async throws {
        let retry = "retry: \(Int.random(in: 1_000...5_000))\n"
        try await writer.write("\(retry)event: end\ndata: {\"reason\":\"\(ending.rawValue)\"}\n\n")
    }
}
