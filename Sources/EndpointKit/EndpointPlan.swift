import Shapes

/// An endpoint as the server runs it: described once, its inputs read per request.
public struct EndpointPlan<Asked: Endpoint>: Sendable {
    /// The declaration with its type forgotten.
    public let description: EndpointDescription
    private let inputs: InputPlan

    /// Works out the plan. What is wrong with the declaration stands in `description.flaws`.
    public init(_ type: Asked.Type = Asked.self) {
        inputs = InputPlan(
            Asked(), route: Asked.route, rawBody: Asked.rawBody, passesOverQuery: Asked.passesOverQuery)
        description = EndpointDescription(type, inputs)
    }

    /// The endpoint with its inputs filled, or one problem with every complaint.
    public func read(_ parts: borrowing some RequestParts) throws(Problem) -> Asked {
        try inputs.read(Asked.self, parts)
    }
}
