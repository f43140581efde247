import EndpointKit
import HTTP
import Shapes
import Vocabulary

/// What stands behind a route, with its type forgotten once, when the door is not open yet.
protocol ServedRoute: AnyObject, Sendable {
    var figures: RouteFigures { get }
    var bodyLimit: Int { get }
    func answer(_ arrival: inout Arrival, at desk: Desk) async throws -> HTTPResponse
}

/// An endpoint as it is served.
final class EndpointRoute<Asked: Endpoint>: ServedRoute where Asked.Request: Admitted {
    let figures: RouteFigures
    let bodyLimit: Int
    private let plan: EndpointPlan<Asked>
    private let limit: RequestLimit?
    private let sending: (@Sendable (Asked.Answer) -> HTTPResponse)?
    /// Whether the answer is one of our pages.
    private let isPage: Bool
    /// The query's name for the cursor, where the answer is a page of a list.
    private let cursorName: String?
    private let pageNames: [String]

    init(
        _ plan: EndpointPlan<Asked>, figures: RouteFigures, limit: RequestLimit?,
        sending: (@Sendable (Asked.Answer) -> HTTPResponse)?
    ) {
        (self.plan, self.figures, self.limit, self.sending) = (plan, figures, limit, sending)
        (bodyLimit, isPage) = (Asked.bodyLimit, "\(Asked.Answer.mediaType)" == "text/html")
        cursorName =
            plan.description.inputs(in: .query)
            .first { $0.schema["pattern"] == Cursor.schema["pattern"] }?.name
        pageNames = [cursorName, "limit"].compactMap(\.self)
    }

    /// The walk: route and size lie behind the request; tenant, caller and access are what its type is
    /// admitted by; then limit, inputs, handler. Every request goes this way and none another.
    func answer(_ arrival: inout Arrival, at desk: Desk) async throws -> HTTPResponse {
        arrival.isForReader = isPage && arrival.http[.accept]?.contains("text/html") == true
        let request = try await Asked.Request.admit(&arrival, at: desk)
        try await desk.limits.take(limit, for: &arrival, at: desk.milliseconds(of: arrival))
        let queryItems = try arrival.http.queryItems()
        let endpoint = try plan.read(reading(of: arrival, queryItems, desk))
        try Preconditions.check(
            arrival.http, idempotency: Asked.idempotency, precondition: Asked.precondition,
            audit: Asked.audit)
        var answer: Asked.Answer
        do { answer = try await endpoint.respond(to: request) } catch let replay as Replay {
            return replay.answer.response(isReplay: true)
        }
        arrival.isPage = isPage
        if let sending { return sending(answer) }
        let list = listIdentity(tenant: arrival.tenant?.id)
        answer.seal { desk.cursors.seal(Array($0.utf8), for: list(queryItems)) }
        var response = StoredAnswer(answer).response(to: arrival.http)
        if let next = answer.nextCursor { addLink(to: next, arrival.http, queryItems, &response) }
        return response
    }

    private func reading(
        of arrival: borrowing Arrival, _ queryItems: [(name: String, value: String)], _ desk: Desk
    ) -> RequestReading {
        RequestReading(
            http: arrival.http, parameters: arrival.parameters, queryItems: queryItems, seal: desk.cursors,
            list: listIdentity(tenant: arrival.tenant?.id))
    }

    private func listIdentity(tenant: TenantID?) -> (_ query: [(name: String, value: String)]) -> ListIdentity
    {
        { [operation = plan.description.operationID, pageNames] query in
            ListIdentity(tenant: tenant, operation: operation, query: query, pageNames: pageNames)
        }
    }

    /// `Link: </v1/…?…>; rel="next"`, for whoever walks lists without knowing their members (RFC 8288).
    private func addLink(
        to cursor: String, _ http: HTTPRequest, _ items: [(name: String, value: String)],
        _ response: inout HTTPResponse
    ) {
        guard let cursorName else { return }
        var query = items.filter { $0.name != cursorName }.map { ($0.name, $0.value) }
        query.append((cursorName, cursor))
        response.fields.add(.link, "<\(http.path)?\(PercentCoding.form(query))>; rel=\"next\"")
    }
}
