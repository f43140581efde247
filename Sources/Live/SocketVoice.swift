import HTTP
import JSON
import Outbox
import Vocabulary
import WebSocket

/// The words of a WebSocket, each message one JSON object with its `type`.
final class SocketVoice: LiveVoice {
    /// Frames that may come at once, and how fast more may follow.
    private static let framesMax = 120
    private static let framesPerSecond = 20
    /// A peer that has not answered so many pings is gone.
    private static let silencesMax = 2

    let stream: UpgradedStream
    let codec = MessageCodec()
    private var countedFrames = 0
    private var budget = SocketVoice.framesMax
    private var budgetedAt = ContinuousClock.now
    private var silences = 0

    init(stream: UpgradedStream) { self.stream = stream }

    /// Whether more frames come than anybody needs to send.
    var isTooEager: Bool { budget < 0 }

    func receive(_ bytes: [UInt8]) -> [String] {
        if !bytes.isEmpty { silences = 0 }
        let messages = codec.receive(bytes)
        let now = ContinuousClock.now
        let earned = Int((now - budgetedAt) / .seconds(1) * Double(Self.framesPerSecond))
        if earned > 0 { (budget, budgetedAt) = (min(Self.framesMax, budget + earned), now) }
        budget -= codec.frameCount - countedFrames
        countedFrames = codec.frameCount
        return messages
    }

    func flush() async throws { try await stream.write(codec.takeOutgoing()) }

    /// Sends the goodbye, and listens for a moment to the client's; then the connection is closed either way.
    func awaitClose() async throws {
        try await flush()
        for _ in 0..<8 where !codec.isOver {
            guard let bytes = try await stream.receive() else { return }
            _ = codec.receive(bytes)
            try await flush()
        }
    }

    func say(_ body: (inout JSONWriter) -> Void) {
        var writer = JSONWriter(capacity: 256)
        writer.object { body(&$0) }
        codec.send(writer.bytes)
    }

    func begin(at name: EventName) async throws { mark(name, as: "begin") }

    func tell(_ events: [LiveEvent], upTo name: EventName?) async throws {
        for event in events {
            say { writer in
                writer.member("type", "event")
                writer.key("event")
                writer.raw(bytes: event.json)
            }
        }
        if let name { mark(name, as: "told") }
        try await flush()
    }

    /// A ping, which only somebody who is there answers.
    func quiet(at name: EventName) async throws {
        silences += 1
        guard silences <= Self.silencesMax else { throw CancellationError() }
        mark(name, as: "told")
        codec.ping()
        try await flush()
    }

    func reset(to name: EventName) async throws { mark(name, as: "reset") }

    func end(_ ending: LiveEnding) async throws {
        say { writer in
            writer.member("type", "end")
            writer.member("reason", ending.rawValue)
        }
        codec.close(ending.closeCode)
        try await flush()
    }

    private func mark(_ name: EventName, as type: StaticString) {
        say { writer in
            writer.member("type", type.description)
            writer.member("id", name)
        }
    }
}

extension LiveEnding {
    var closeCode: CloseCode {
        switch self {
        case .tokenExpired, .notAllowed: .policy
        case .draining: .goingAway
        case .tooSlow, .tooMany, .unavailable: .tryAgainLater
        }
    }
}
