import Telemetry

/// What is counted of one route: looked up by label once, when the route is opened.
struct RouteFigures: Sendable {
    let route: String
    private let byClass: [Counter]
    private let durations: Histogram

    fileprivate init(route: String, _ requests: MetricFamily<Counter>, _ durations: MetricFamily<Histogram>) {
        self.route = route
        byClass = ReceptionFigures.classes.map { requests[route, $0] }
        self.durations = durations[route]
    }

    func count(status: Int, microseconds: UInt64) {
        byClass[min(max(status / 100, 1), byClass.count) - 1].add()
        durations.observe(microseconds: microseconds)
    }
}

/// What is counted at the reception. Routes are counted by their template: a path would hold ids.
struct ReceptionFigures: Sendable {
    fileprivate static let classes = ["1xx", "2xx", "3xx", "4xx", "5xx"]

    let inFlight: Gauge
    /// For what no route answers, and for what never became a request.
    let unmatched: RouteFigures
    private let requests: MetricFamily<Counter>
    private let durations: MetricFamily<Histogram>

    init(_ metrics: Metrics, routes: [String]) {
        let route = MetricLabel("route", values: routes)
        requests = metrics.counters(
            "nadi_http_requests_total", "Requests by route template and class of status.",
            by: [route, MetricLabel("status", values: Self.classes)])
        durations = metrics.histograms(
            "nadi_http_request_duration_seconds", "Time from the whole request to the whole answer.",
            by: [route])
        inFlight = metrics.gauge("nadi_http_requests_in_flight", "Requests that are being answered.")
        unmatched = RouteFigures(route: MetricLabel.other, requests, durations)
    }

    func figures(of route: String) -> RouteFigures { RouteFigures(route: route, requests, durations) }
}
