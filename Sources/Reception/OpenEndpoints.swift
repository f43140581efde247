public import EndpointKit
public import HTTP

/// The endpoints that a server has, each opened by its type.
public struct OpenEndpoints: Sendable {
    /// Their declarations, in the order in which they were opened.
    public private(set) var descriptions: [EndpointDescription] = []
    private var openings: [@Sendable (ReceptionFigures, LimitScale) -> any ServedRoute] = []

    /// No endpoint is open yet.
    public init() {}

    /// Opens an endpoint whose handler is given something that Reception can admit.
    ///
    /// `sending` makes the HTTP answer out of the handler's, for one that goes on for longer than its handler
    /// runs; without it the answer is written as it is.
    public mutating func open<Asked: Endpoint>(
        _: Asked.Type, sending: (@Sendable (Asked.Answer) -> HTTPResponse)? = nil
    ) where Asked.Request: Admitted {
        let plan = EndpointPlan<Asked>()
        descriptions.append(plan.description)
        openings.append { figures, scale in
            EndpointRoute(
                plan, figures: figures.figures(of: Asked.route.path),
                limit: RequestLimit(Asked.limit, of: plan.description.operationID, scale: scale),
                sending: sending)
        }
    }

    /// Everything that is wrong with the endpoints, by themselves and together.
    public var flaws: [String] { EndpointList(descriptions).flaws }

    func add(
        to routes: inout RouteTrie<any ServedRoute>, _ figures: ReceptionFigures, _ scale: LimitScale
    ) -> [String] {
        var flaws: [String] = []
        for (description, opening) in zip(descriptions, openings) {
            let route = description.route
            guard let method = HTTPMethod(rawValue: route.method.rawValue) else { continue }
            do {
                let served = opening(figures, scale)
                try routes.add(method, route.path, served)
            } catch { flaws.append("\(route) cannot be served: \(error)") }
        }
        return flaws
    }
}

/// Why the reception does not open: everything that is wrong with what it was given.
public struct ReceptionFlaws: Error, Sendable, CustomStringConvertible {
    /// Sentences for whoever wrote the endpoints.
    public let flaws: [String]

    /// One flaw a line.
    public var description: String { flaws.joined(separator: "\n") }
}
