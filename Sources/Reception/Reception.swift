import EndpointKit
import EventLoop
public import HTTP
import Telemetry

/// The one way in: finds the route of a request, sees it through the checks, and completes its answer.
public final class Reception: Application {
    private let desk: Desk
    private let routes: RouteTrie<any ServedRoute>

    /// Opens the endpoints and the reception's own pages, or says everything that keeps it closed.
    public init(_ parts: ReceptionParts, _ endpoints: OpenEndpoints) throws(ReceptionFlaws) {
        let pages = ReceptionPages(endpoints: endpoints.descriptions, version: parts.version)
        let figures = ReceptionFigures(
            parts.metrics, routes: endpoints.descriptions.map(\.route.path) + pages.all.map(\.path))
        var routes = RouteTrie<any ServedRoute>()
        var flaws = endpoints.flaws + endpoints.add(to: &routes, figures, parts.limits)
        flaws += pages.add(to: &routes, figures)
        guard flaws.isEmpty else { throw ReceptionFlaws(flaws: flaws) }
        self.routes = routes
        desk = Desk(parts, figures: figures)
    }

    /// Route and size, as far as the head tells: nothing is read that nobody would take.
    public func bodyLimit(for head: RequestHead) -> BodyVerdict {
        do { return .upTo(try route(of: head).route.bodyLimit) } catch { return .answer(desk.refusal(error)) }
    }

    /// Answers a request, whatever happens.
    public func respond(to request: HTTPRequest) async -> HTTPResponse {
        var arrival = Arrival(request, at: desk)
        desk.figures.inFlight.add(1)
        defer { desk.figures.inFlight.add(-1) }
        var response: HTTPResponse
        do { response = try await answer(&arrival) } catch {
            response = await desk.page(for: error, &arrival)
        }
        response.complete(for: arrival)
        desk.note(response, to: arrival)
        return response
    }

    /// The answer to what never became a request.
    public func refusal(_ status: HTTPStatus) -> HTTPResponse {
        desk.refusal(Problem(.engine(status: status.code)))
    }

    /// Writes, every now and then, what was only counted of denials and what looks like an attack; until its
    /// task is cancelled. Run it on a loop.
    public func keepBooks() async {
        while (try? await EventLoop.current?.sleep(for: .seconds(20))) != nil {
            await desk.settleBooks()
        }
    }

    /// The first two steps of the walk; the route knows the others.
    private func answer(_ arrival: inout Arrival) async throws -> HTTPResponse {
        if arrival.http.method == .options { return try options(of: arrival.http.head) }
        let (route, parameters) = try route(of: arrival.http.head)
        (arrival.figures, arrival.parameters) = (route.figures, parameters)
        guard arrival.http.body.count <= route.bodyLimit else { throw Problem(.bodyTooLarge) }
        return try await route.answer(&arrival, at: desk)
    }

    private func route(of head: RequestHead) throws(Problem) -> (route: any ServedRoute, RouteParameters) {
        switch head.withPath({ routes.match(head.method, path: $0) }) {
        case .found(let route, let parameters): return (route, parameters)
        case .wrongMethod(let allowed): throw .methodNotAllowed(Self.names(of: allowed))
        case .unknownPath: throw .notFound
        case .malformedPath: throw Problem(.malformedRequest, "The path is not percent-encoded UTF-8 text.")
        }
    }

    /// Which methods a path has; `*` asks for the server's.
    private func options(of head: RequestHead) throws(Problem) -> HTTPResponse {
        var allowed = HTTPMethod.allCases.filter { $0 != .trace && $0 != .query }
        if head.path != "*" {
            switch head.withPath({ routes.match(.options, path: $0) }) {
            case .wrongMethod(let methods): allowed = methods
            case .found, .unknownPath, .malformedPath: throw .notFound
            }
        }
        var response = HTTPResponse(status: 204)
        response.fields.add(.allow, Self.names(of: allowed).joined(separator: ", "))
        return response
    }

    private static func names(of methods: [HTTPMethod]) -> [String] {
        (methods.filter { $0 != .options } + [.options]).map(\.rawValue)
    }
}
