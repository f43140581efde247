import Access
import EndpointKit
import HTTP
import Identity
import JSON
import Outbox
import Shapes
import WebSocket

/// Tells one caller what they follow over a WebSocket, and hears what they would like to follow.
struct SocketTalk: Sendable {
    let hub: LiveHub
    let feed: EventFeed
    let handshake: Handshake

    /// The answer: 101, and then messages.
    var response: HTTPResponse {
        HTTPResponse(
            status: 101, fields: handshake.fields,
            body: .upgrade { stream in
                let voice = SocketVoice(stream: stream)
                try await LiveTalk.hold(feed, at: hub, in: voice, nudge: { stream.nudge() }) { talk in
                    try await Self.run(talk, voice)
                }
            })
    }

    /// One task for both directions: bytes that come and events to tell wake the same wait.
    private static func run(_ talk: LiveTalk<SocketVoice>, _ voice: SocketVoice) async throws {
        while true {
            while let turn = await talk.local.nextAtOnce(talk.number) {
                guard try await talk.answer(turn) else { return try await voice.awaitClose() }
            }
            try await voice.flush()
            guard !voice.codec.isOver, let bytes = try await voice.stream.receive() else { return }
            for message in voice.receive(bytes) { try await heed(message, talk, voice) }
            guard !voice.isTooEager else {
                voice.codec.close(.policy)
                return try await voice.awaitClose()
            }
        }
    }

    /// `{"subscribe": […]}` or `{"unsubscribe": […]}`; anything else is told what is wrong with it.
    private static func heed(
        _ message: String, _ talk: LiveTalk<SocketVoice>, _ voice: SocketVoice
    ) async throws {
        do {
            let wish = try TopicWish(message)
            let topics = wish.applied(to: talk.following.topics)
            guard topics.count <= FollowLive.topicsMax else {
                throw Problem(.invalidInput, "Too many topics.")
            }
            await talk.follow(try await Following.begin(topics, try await talk.permit()))
            voice.say { writer in
                writer.member("type", "topics")
                writer.member("topics", topics)
            }
        } catch let problem as Problem {
            voice.say { writer in
                writer.member("type", "problem")
                writer.member("code", problem.code.rawValue)
                writer.member("detail", problem.detail)
            }
        }
    }
}

/// What a message asks for.
struct TopicWish: Equatable {
    let isAddition: Bool
    let topics: [Topic]

    /// One member, a list of topics.
    init(_ message: String) throws(Problem) {
        guard let wish = try? JSON(parsing: Array(message.utf8)).objectValue else {
            throw Problem(.malformedJSON, "A message is one JSON object.")
        }
        guard wish.members.count == 1, let member = wish.members.first, let list = member.value.arrayValue,
            ["subscribe", "unsubscribe"].contains(member.name)
        else {
            throw Problem(.invalidInput, "A message is `{\"subscribe\": […]}` or `{\"unsubscribe\": […]}`.")
        }
        let topics = list.compactMap { $0.stringValue.flatMap(Topic.init(wire:)) }
        guard topics.count == list.count else { throw Problem(.invalidInput, "A topic is \(Topic.form).") }
        (isAddition, self.topics) = (member.name == "subscribe", topics)
    }

    func applied(to topics: [Topic]) -> [Topic] {
        let others = topics.filter { !self.topics.contains($0) }
        return isAddition ? others + self.topics : others
    }
}
