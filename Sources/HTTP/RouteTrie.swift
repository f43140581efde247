/// Why a route cannot be added. Found when the program starts, never while it serves.
public enum RouteFault: Error, Sendable, Hashable {
    /// Not a slash followed by segments of text or `{name}`, or a name twice.
    case malformed(pattern: String)
    /// Another route answers the same method at the same places, perhaps under other parameter names.
    case duplicate(pattern: String, of: String)
}

/// What a method and a path lead to.
public enum RouteMatch<Value> {
    /// A route, and what stood at its parameters.
    case found(Value, RouteParameters)
    /// No route at this path.
    case unknownPath
    /// Routes at this path, but none for this method: the value of `Allow`.
    case wrongMethod(allowed: [HTTPMethod])
    /// A parameter whose percent-encoding is broken, or is not text.
    case malformedPath
}

/// The parameters of a matched path, in the order of its pattern.
public struct RouteParameters: Sendable {
    /// Names and decoded values; empty for a static path.
    public fileprivate(set) var values: [(name: String, value: String)] = []

    /// None: those of a path that has not been matched yet.
    public init() {}

    /// The decoded value at `{name}`.
    public subscript(_ name: String) -> String? { values.first { $0.name == name }?.value }
}

/// Routes by segments. At each segment text beats a parameter, whatever the method, as OpenAPI has it: a path
/// that stands there in words is never an id. Only where the text leads nowhere is the parameter tried. A
/// trailing slash makes another path.
///
/// What stands behind a route is kept apart from the tree: walking the tree is then the same code for every
/// `Value`, and needs nothing of the generic type's metadata.
public struct RouteTrie<Value: Sendable>: Sendable {
    @usableFromInline var tree = RouteTree()
    @usableFromInline var values: [Value] = []

    /// No routes.
    public init() {}

    /// Adds a route such as `/v1/appointments/{appointment}/cancel`.
    public mutating func add(_ method: HTTPMethod, _ pattern: String, _ value: Value) throws(RouteFault) {
        try tree.add(method, pattern, leadsTo: values.count)
        values.append(value)
    }

    /// Finds the route of a path as sent. HEAD is answered by GET where there is no route of its own.
    @inlinable
    public func match(_ method: HTTPMethod, path: UnsafeBufferPointer<UInt8>) -> RouteMatch<Value> {
        switch tree.match(method, path: path) {
        case .found(let place, let parameters): .found(values[place], parameters)
        case .unknownPath: .unknownPath
        case .wrongMethod(let allowed): .wrongMethod(allowed: allowed)
        case .malformedPath: .malformedPath
        }
    }

    /// Finds the route of a path as sent.
    public func match(_ method: HTTPMethod, path: String) -> RouteMatch<Value> {
        var path = path
        return path.withUTF8 { match(method, path: $0) }
    }
}

/// The routes without what stands behind them: each leads to a place in a list that somebody else keeps.
@usableFromInline
struct RouteTree: Sendable {
    private struct Route {
        let method: HTTPMethod
        let pattern: String
        let names: [String]
        let place: Int
    }

    private struct Node {
        var texts: [(mark: UInt64, text: [UInt8], node: Int)] = []
        var parameter: Int?
        var routes: [Route] = []
    }

    private var nodes = [Node()]

    mutating func add(_ method: HTTPMethod, _ pattern: String, leadsTo place: Int) throws(RouteFault) {
        var node = 0
        var names: [String] = []
        for segment in try Self.segments(of: pattern) {
            if segment.first == "{" {
                let name = String(segment.dropFirst().dropLast())
                guard !names.contains(name) else { throw .malformed(pattern: pattern) }
                names.append(name)
                node = parameterNode(below: node)
            } else {
                node = textNode(Array(segment.utf8), below: node)
            }
        }
        if let other = nodes[node].routes.first(where: { $0.method == method }) {
            throw .duplicate(pattern: pattern, of: other.pattern)
        }
        nodes[node].routes.append(Route(method: method, pattern: pattern, names: names, place: place))
    }

    @usableFromInline
    func match(_ method: HTTPMethod, path: UnsafeBufferPointer<UInt8>) -> RouteMatch<Int> {
        guard path.first == 47 else { return .unknownPath }
        var walk = Walk(method: method)
        find(path, from: 1, at: 0, &walk)
        if let route = walk.route { return Self.found(route, walk.ranges.map { path[$0] }) }
        return walk.allowed.isEmpty ? .unknownPath : .wrongMethod(allowed: Self.ordered(walk.allowed))
    }
}

extension RouteTree {
    private struct Walk {
        let method: HTTPMethod
        var ranges: [Range<Int>] = []
        var route: Route?
        var allowed: [HTTPMethod] = []
    }

    private func find(_ path: UnsafeBufferPointer<UInt8>, from start: Int, at node: Int, _ walk: inout Walk) {
        if start > path.count { return arrive(at: node, &walk) }
        let end = path[start...].firstIndex(of: 47) ?? path.count
        let segment = UnsafeBufferPointer(rebasing: path[start..<end])
        if let next = textNode(segment, below: node) {
            find(path, from: end + 1, at: next, &walk)
            if walk.route != nil || !walk.allowed.isEmpty { return }
        }
        guard let next = nodes[node].parameter, !segment.isEmpty else { return }
        walk.ranges.append(start..<end)
        find(path, from: end + 1, at: next, &walk)
        if walk.route == nil { walk.ranges.removeLast() }
    }

    private func arrive(at node: Int, _ walk: inout Walk) {
        let routes = nodes[node].routes
        let own = routes.first { $0.method == walk.method }
        walk.route = own ?? (walk.method == .head ? routes.first { $0.method == .get } : nil)
        if walk.route == nil { walk.allowed += routes.map(\.method) }
    }

    private static func found(_ route: Route, _ segments: [Slice<UnsafeBufferPointer<UInt8>>]) -> RouteMatch<
        Int
    > {
        var parameters = RouteParameters()
        for (name, segment) in zip(route.names, segments) {
            guard let value = try? PercentCoding.text(segment, plusIsSpace: false) else {
                return .malformedPath
            }
            parameters.values.append((name, value))
        }
        return .found(route.place, parameters)
    }

    private static func ordered(_ methods: [HTTPMethod]) -> [HTTPMethod] {
        HTTPMethod.allCases.filter { methods.contains($0) || $0 == .head && methods.contains(.get) }
    }

    private static func segments(of pattern: String) throws(RouteFault) -> [Substring] {
        guard pattern.first == "/" else { throw .malformed(pattern: pattern) }
        let segments = pattern.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        guard pattern == "/" || segments.allSatisfy(isWellFormed) else { throw .malformed(pattern: pattern) }
        return segments
    }

    private static func isWellFormed(_ segment: Substring) -> Bool {
        let isParameter = segment.first == "{" && segment.last == "}"
        let text = isParameter ? segment.dropFirst().dropLast() : segment
        return !text.isEmpty
            && text.utf8.allSatisfy {
                $0.isDigit || $0.asciiLowercased &- 97 < 26 || $0 == 45 || $0 == 95
                    || !isParameter && ($0 == 46 || $0 == 36 || $0 == 126)
            }
    }

    private mutating func textNode(_ text: [UInt8], below node: Int) -> Int {
        let known = text.withUnsafeBufferPointer { (mark: Self.mark($0), node: textNode($0, below: node)) }
        if let node = known.node { return node }
        nodes.append(Node())
        nodes[node].texts.append((known.mark, text, nodes.count - 1))
        return nodes.count - 1
    }

    private func textNode(_ segment: UnsafeBufferPointer<UInt8>, below node: Int) -> Int? {
        let mark = Self.mark(segment)
        for (known, text, next) in nodes[node].texts where known == mark && text.elementsEqual(segment) {
            return next
        }
        return nil
    }

    /// The length of a segment and its last letters. Siblings mostly differ in it, and it lies in the list
    /// itself: the texts of the others are not looked up.
    private static func mark(_ segment: UnsafeBufferPointer<UInt8>) -> UInt64 {
        segment.suffix(7).reduce(UInt64(truncatingIfNeeded: segment.count)) { $0 << 8 | UInt64($1) }
    }

    private mutating func parameterNode(below node: Int) -> Int {
        if let known = nodes[node].parameter { return known }
        nodes.append(Node())
        nodes[node].parameter = nodes.count - 1
        return nodes.count - 1
    }
}
