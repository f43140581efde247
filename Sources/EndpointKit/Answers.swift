public import JSON
public import Shapes

/// Something was made: 201, with the place where it can be found.
public struct Created<Body: Output>: Answerable {
    /// What was made.
    public let body: Body
    /// The path at which it can be read.
    public let place: String?

    /// What was made, and the path at which it can be read.
    public init(_ body: Body, at place: String) { (self.body, self.place) = (body, place) }

    /// What was made.
    public static var schema: Schema { Body.schema }
    /// 201.
    public static var outcome: Outcome { .created }
    /// As the body has it.
    public static var isVersioned: Bool { Body.isVersioned }
    /// As the body has it.
    public var revision: String? { body.revision }
    /// Writes what was made.
    public func write(to writer: inout JSONWriter) { body.write(to: &writer) }
}

/// Something will be done: 202.
public struct Accepted<Body: Output>: Answerable {
    /// What is known by now.
    public let body: Body

    /// What is known by now.
    public init(_ body: Body) { self.body = body }

    /// What is known by now.
    public static var schema: Schema { Body.schema }
    /// 202.
    public static var outcome: Outcome { .accepted }
    /// Writes what is known by now.
    public func write(to writer: inout JSONWriter) { body.write(to: &writer) }
}

/// It has been done, and there is nothing to say: 204.
public struct NoContent: Answerable {
    /// Nothing.
    public init() {}

    /// Nothing is written.
    public static var schema: Schema { Schema() }
    /// 204.
    public static var outcome: Outcome { .done }
    /// Writes nothing: the answer has no body.
    public func write(to writer: inout JSONWriter) {}
}

extension Outcome {
    /// The HTTP status of an answer.
    public var status: Int {
        switch self {
        case .upgraded: 101
        case .found: 200
        case .created: 201
        case .accepted: 202
        case .done: 204
        }
    }
}
