import EndpointKit
import JSON
import Reception
import Terminal

/// Prints the document that describes every call.
struct ShowOpenAPI: Command {
    static let name = "openapi"
    static let summary = "Print the OpenAPI 3.1 document of everything that the server can be asked."
    static let examples = ["nadi openapi > openapi.json"]

    func run(in place: Place) async throws -> Answer {
        let open = endpoints(in: place.configuration.mode, toldBy: nil)
        let document = OpenAPI(ofNadi: Server.version, open.descriptions).document
        return Answer(
            json: try JSON(parsing: document, limits: JSONLimits(bytes: 16 << 20)),
            lines: [String(decoding: document, as: UTF8.self)])
    }
}
