/// What a body may be, decided from the head alone.
public enum BodyVerdict: Sendable {
    /// At most so many bytes; more are answered with 413.
    case upTo(Int)
    /// Answered at once, without reading the body: no such route, or not this method.
    case answer(HTTPResponse)
}

/// What the server serves. Its functions run on the connection's actor, on the connection's loop.
public protocol Application: Sendable {
    /// Asked between the head and the body, and only when a body is announced.
    func bodyLimit(for head: RequestHead) -> BodyVerdict

    /// Answers a whole request. Its task is cancelled when the client goes away.
    func respond(to request: HTTPRequest) async -> HTTPResponse

    /// The answer to what never became a request (400, 408, 413, 414, 416, 417, 431, 501, 503, 505).
    func refusal(_ status: HTTPStatus) -> HTTPResponse
}
