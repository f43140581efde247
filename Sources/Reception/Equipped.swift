public import Access
public import EndpointKit

/// A request together with something that its handler works with and that the program put together: a key, a
/// rule of the installation.
public struct Equipped<Request: Admitted, Tool: Sendable>: Admitted {
    /// What was found out about the request.
    public let request: Request
    /// The one of its type among the reception's tools.
    public let tool: Tool

    /// For a handler that asks another one to do its part.
    public init(_ request: Request, with tool: Tool) { (self.request, self.tool) = (request, tool) }

    /// The walk is the request's own; then the tool is handed out.
    public static func admit(_ arrival: inout Arrival, at desk: Desk) async throws -> Equipped {
        let request = try await Request.admit(&arrival, at: desk)
        guard let tool = desk.tools[ObjectIdentifier(Tool.self)] as? Tool else {
            throw MissingTool(type: "\(Tool.self)")
        }
        return Equipped(request, with: tool)
    }
}

/// The program was put together without something that one of its endpoints needs.
struct MissingTool: Error {
    let type: String
}

extension Access {
    /// Open to whoever holds the permission of the act that the handler is handed a permit for.
    public static func permitted<A: Act, Tool>() -> Access where Request == Equipped<Permit<A>, Tool> {
        Access(A.self)
    }
}
