/// A method and a path in which `{names}` stand for what differs from call to call.
public struct Route: Hashable, Sendable, CustomStringConvertible {
    /// The methods an endpoint can have; HEAD and OPTIONS are answered for all of them.
    public enum Method: String, Hashable, Sendable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// A part of the path between two slashes.
    public enum Segment: Hashable, Sendable {
        case literal(String)
        case parameter(String)
    }

    /// How it is called.
    public let method: Method
    /// `/v1/appointments/{appointment}`
    public let path: String

    /// Reads: changes nothing, may be repeated.
    public static func get(_ path: String) -> Route { Route(method: .get, path: path) }
    /// Does something; an `Idempotency-Key` makes it repeatable.
    public static func post(_ path: String) -> Route { Route(method: .post, path: path) }
    /// Replaces as a whole.
    public static func put(_ path: String) -> Route { Route(method: .put, path: path) }
    /// Changes some members.
    public static func patch(_ path: String) -> Route { Route(method: .patch, path: path) }
    /// Removes.
    public static func delete(_ path: String) -> Route { Route(method: .delete, path: path) }

    /// The path's parts, in order.
    public var segments: [Segment] {
        path.split(separator: "/", omittingEmptySubsequences: true).map { part in
            part.hasPrefix("{") && part.hasSuffix("}")
                ? .parameter(String(part.dropFirst().dropLast())) : .literal(String(part))
        }
    }

    /// The names in braces, in order.
    public var names: [String] {
        segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
    }

    /// The path with every name alike: two routes of one form answer the same requests.
    var form: String {
        segments.reduce(into: method.rawValue + " ") { form, segment in
            if case .literal(let text) = segment { form += "/" + text } else { form += "/{}" }
        }
    }

    /// Method and path.
    public var description: String { "\(method.rawValue) \(path)" }
}
