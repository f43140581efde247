import Shapes

/// All endpoints of the server, held against each other before it starts.
public struct EndpointList: Sendable {
    /// The endpoints, in the order in which they were opened.
    public let endpoints: [EndpointDescription]

    /// The list to be held against itself.
    public init(_ endpoints: [EndpointDescription]) { self.endpoints = endpoints }

    /// Everything that is wrong, in sentences. Where there is anything, the server must not start.
    public var flaws: [String] {
        endpoints.flatMap(\.flaws) + clashingRoutes + shadowedRoutes
            + repeated(endpoints.map(\.operationID)).map { "Two endpoints are called \($0)." }
            + clashingSchemas
    }

    private var clashingRoutes: [String] {
        repeated(endpoints.map(\.route.form)).map { "Two endpoints answer \($0)." }
    }

    /// Literal parts win over names, so `/a/{b}/c` never sees what `/a/x/…` could have taken – unless a
    /// router backs up, and ours does not: two routes may part at a literal and a name only if no path fits
    /// both.
    private var shadowedRoutes: [String] {
        var flaws: [String] = []
        for (position, first) in endpoints.enumerated() {
            for second in endpoints[(position + 1)...] where first.route.method == second.route.method {
                guard Self.isAmbiguous(first.route.segments, second.route.segments) else { continue }
                flaws.append(
                    "\(first.route) and \(second.route) both fit some paths, and neither is the narrower one."
                )
            }
        }
        return flaws
    }

    /// True when some path fits both and each is the more literal one at a place of its own.
    private static func isAmbiguous(_ first: [Route.Segment], _ second: [Route.Segment]) -> Bool {
        guard first.count == second.count else { return false }
        var (firstIsNarrower, secondIsNarrower) = (false, false)
        for pair in zip(first, second) {
            switch pair {
            case (.literal(let left), .literal(let right)) where left != right: return false
            case (.literal, .parameter): firstIsNarrower = true
            case (.parameter, .literal): secondIsNarrower = true
            default: break
            }
        }
        return firstIsNarrower && secondIsNarrower
    }

    /// Schemas of one name must be one schema: the document has one place for it.
    private var clashingSchemas: [String] {
        var known: [String: Schema] = [:]
        var clashes: [String] = []
        for part in endpoints.flatMap(\.schemas).flatMap(\.parts) {
            guard let name = part.name else { continue }
            let plain = part.withoutWords
            if let other = known[name], other != plain { clashes.append(name) }
            known[name] = plain
        }
        return Set(clashes).sorted().map { "Two different schemas are called \($0)." }
    }

    private func repeated(_ texts: [String]) -> [String] {
        Dictionary(grouping: texts, by: \.self).filter { $0.value.count > 1 }.keys.sorted()
    }
}

extension EndpointDescription {
    /// Every schema the document needs for this endpoint.
    var schemas: [Schema] { inputs.map(\.schema) + (answer.schema.map { [$0] } ?? []) }
}

extension Schema {
    /// A use's own description does not make it another schema.
    var withoutWords: Schema {
        var copy = self
        copy["description"] = nil
        return copy
    }
}
