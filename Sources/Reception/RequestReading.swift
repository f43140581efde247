import EndpointKit
import HTTP
import Vocabulary

/// A request as the input reader wants to see it.
struct RequestReading: RequestParts {
    let http: HTTPRequest
    let parameters: RouteParameters
    let queryItems: [(name: String, value: String)]
    let seal: CursorSeal
    let list: (_ query: [(name: String, value: String)]) -> ListIdentity

    var body: [UInt8] { http.body }

    func pathValue(_ name: String) -> String? { parameters[name] }

    func header(_ name: String) -> String? {
        name == "content-type" ? http[.contentType] : http.head[named: name]
    }

    func openCursor(_ sealed: String) -> String? {
        seal.open(sealed, for: list(queryItems)).map { String(decoding: $0, as: UTF8.self) }
    }
}

extension HTTPRequest {
    /// The query's pairs, or the problem that they cannot be read.
    func queryItems() throws(Problem) -> [(name: String, value: String)] {
        guard !query.isEmpty else { return [] }
        do { return try queryFields().map { ($0.name, $0.value) } } catch {
            throw Problem(.malformedRequest, "The query is not URL-encoded UTF-8 text.")
        }
    }
}
