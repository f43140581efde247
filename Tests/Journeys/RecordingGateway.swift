import EventLoop
import HTTP
import JSON
import Synchronization

/// A gateway for text messages that keeps what it is asked, and is in no hurry.
final class RecordingGateway: Application {
    /// How it answers one question.
    struct Mood: Sendable {
        var pause = Duration.zero
        var status: HTTPStatus = 200
    }

    private struct State {
        var texts: [(id: String, text: String)] = []
        var answers = 0
        var mood: @Sendable (Int) -> Mood = { _ in Mood() }
    }

    private let state = Mutex(State())

    /// What it was asked, in order.
    var texts: [(id: String, text: String)] { state.withLock { $0.texts } }
    /// How many questions it has answered.
    var answers: Int { state.withLock { $0.answers } }

    /// How it answers the first question, the second and so on.
    func answer(_ mood: @escaping @Sendable (Int) -> Mood) { state.withLock { $0.mood = mood } }

    func bodyLimit(for head: RequestHead) -> BodyVerdict { .upTo(65_536) }

    func refusal(_ status: HTTPStatus) -> HTTPResponse { HTTPResponse(status: status) }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard let asked = try? JSON(parsing: request.body), let id = asked["id"]?.stringValue,
            let text = asked["text"]?.stringValue
        else { return HTTPResponse(status: 400) }
        let mood = state.withLock { state in
            state.texts.append((id, text))
            return state.mood(state.texts.count)
        }
        try? await EventLoop.current?.sleep(for: mood.pause)
        state.withLock { $0.answers += 1 }
        return HTTPResponse(
            status: mood.status, type: "application/json", body: Array("{\"id\":\"g-\(id)\"}".utf8))
    }
}
