import Crypto
public import EndpointKit
import HTML
import HTTP
import Telemetry
import Tenancy

/// What the reception answers by itself: documents, health, figures, and the pages at `/`.
struct ReceptionPages {
    /// A route of the reception's own.
    struct Page {
        let path: String
        /// Whether it is answered on hosts that belong to nobody: whoever watches the server may know no name
        /// of it.
        var isForAnyHost = false
        let answer: PageRoute.Answer
    }

    let all: [Page]

    init(endpoints: [EndpointDescription], version: String) {
        let documents = [
            Page(
                path: "/docs",
                StaticDocument(ReferencePage(title: "Nadi", version: version, endpoints: endpoints).markup)),
            Page(
                path: "/openapi.json",
                StaticDocument(OpenAPI(ofNadi: version, endpoints).document, type: "application/json")),
            Page(
                path: "/robots.txt",
                StaticDocument(Array("User-agent: *\nDisallow: /\n".utf8), type: "text/plain")),
            Page(
                path: "/favicon.svg", StaticDocument(Array("\(PageFrame.icon)".utf8), type: "image/svg+xml")),
        ]
        all = documents + Self.problems + Self.health + [Self.landing, Self.figures]
    }

    func add(to routes: inout RouteTrie<any ServedRoute>, _ figures: ReceptionFigures) -> [String] {
        var flaws: [String] = []
        for page in all {
            do {
                try routes.add(.get, page.path, PageRoute(page, figures: figures.figures(of: page.path)))
            } catch {
                flaws.append("\(page.path) cannot be served: \(error)")
            }
        }
        return flaws
    }

    private static var problems: [Page] {
        let pages = Dictionary(
            uniqueKeysWithValues: ProblemCode.allCases.map {
                ($0.rawValue, StaticDocument(ProblemPages.page(of: $0)))
            })
        return [
            Page(path: "/docs/problems", StaticDocument(ProblemPages.index)),
            Page(path: "/docs/problems/{code}") { arrival, _, _ in
                guard let page = arrival.parameters["code"].flatMap({ pages[$0] }) else {
                    throw Problem.notFound
                }
                return page.response(to: arrival.http)
            },
        ]
    }

    private static var health: [Page] {
        [
            Page(path: "/health/live", isForAnyHost: true) { _, _, _ in .word("live", isYes: true) },
            Page(path: "/health/startup", isForAnyHost: true) { _, _, desk in
                .word(desk.health.hasStarted ? "started" : "starting", isYes: desk.health.hasStarted)
            },
            Page(path: "/health/ready", isForAnyHost: true) { _, _, desk in
                let (word, isReady) = desk.health.readiness
                return .word(word, isYes: isReady)
            },
        ]
    }

    private static let landing = Page(path: "/") { arrival, owner, _ in
        guard case .clinic(let tenant) = owner else { return platform.response(to: arrival.http) }
        return StaticDocument(LandingPage.clinic(named: tenant.name)).response(to: arrival.http)
    }

    private static let platform = StaticDocument(LandingPage.platform)

    /// On the platform's host alone: what a clinic's host tells is the clinic's.
    private static let figures = Page(path: "/metrics") { arrival, owner, desk in
        guard case .platform = owner else { throw Problem.notFound }
        arrival.isPage = false
        return HTTPResponse(type: "text/plain; version=0.0.4; charset=utf-8", body: desk.metrics.rendered())
    }
}

extension ReceptionPages.Page {
    fileprivate init(path: String, _ document: StaticDocument) {
        self.init(path: path) { arrival, _, _ in document.response(to: arrival.http) }
    }
}

extension HTTPResponse {
    /// A word for whoever watches: 200 means yes, 503 no.
    fileprivate static func word(_ word: StaticString, isYes: Bool) -> HTTPResponse {
        var response = HTTPResponse(
            status: isYes ? 200 : 503, type: "text/plain; charset=utf-8", body: Array("\(word)\n".utf8))
        if !isYes { response.fields.add(.retryAfter, "1" as StaticString) }
        return response
    }
}

/// A document that is the same for everyone until the program is another.
struct StaticDocument: Sendable {
    let type: StaticString
    let body: [UInt8]
    let etag: String

    init(_ body: [UInt8], type: StaticString) {
        (self.type, self.body) = (type, body)
        etag = Hex.encode(Array(SHA256.digest(of: body).prefix(16)))
    }

    init(_ page: Markup) {
        self.init(page.bytes, type: "text/html; charset=utf-8")
    }

    /// The document, or 304 for whoever has it.
    func response(to http: HTTPRequest) -> HTTPResponse {
        var response = HTTPResponse(type: type, body: body)
        if let tags = http[.ifNoneMatch].flatMap(EntityTags.init), tags.matchesWeakly(etag) {
            response = HTTPResponse(status: 304)
        }
        response.fields.add(.etag, "\"\(etag)\"")
        return response
    }
}

/// One of the reception's own routes.
final class PageRoute: ServedRoute {
    typealias Answer = @Sendable (inout Arrival, HostOwner?, Desk) throws -> HTTPResponse

    let figures: RouteFigures
    let bodyLimit = 0
    private let page: ReceptionPages.Page

    init(_ page: ReceptionPages.Page, figures: RouteFigures) {
        (self.page, self.figures) = (page, figures)
    }

    func answer(_ arrival: inout Arrival, at desk: Desk) async throws -> HTTPResponse {
        let owner = page.isForAnyHost ? nil : try await desk.owner(of: &arrival)
        arrival.isPage = true
        return try page.answer(&arrival, owner, desk)
    }
}

extension OpenAPI {
    /// The document that the server gives at `/openapi.json`, for whoever wants it without a server.
    public init(ofNadi version: String, _ endpoints: [EndpointDescription]) {
        let info = OpenAPI.Info(
            title: "Nadi", version: version,
            description: "The clinic's own interface. Each clinic answers at its own address.")
        self.init(info, endpoints)
    }
}
