import EndpointKit
import JSON
import Shapes

/// An endpoint as a line for the shell, ready to be pasted once host and token are known.
struct CurlLine {
    let endpoint: EndpointDescription

    var text: String {
        var parts = ["curl -sS"]
        if endpoint.route.method != .get { parts[0] += " -X \(endpoint.route.method.rawValue)" }
        parts.append(Self.quoted("$NADI_URL" + target))
        if endpoint.audience != .anyone { parts.append("-H \"Authorization: Bearer $NADI_TOKEN\"") }
        if endpoint.idempotency != .none { parts.append("-H \"Idempotency-Key: $(uuidgen)\"") }
        if endpoint.precondition == .demanded { parts.append("-H 'If-Match: \"1\"'") }
        for input in endpoint.inputs(in: .header) where input.isRequired {
            parts.append("-H '\(input.name): \(Self.shellText(example(of: input)))'")
        }
        if let body = Self.exampleBody(of: endpoint) {
            parts.append("-H 'Content-Type: application/json'")
            parts.append("-d '\(Self.shellText(body))'")
        }
        return parts.joined(separator: " \\\n  ")
    }

    /// The members that must be sent, with values that fit; nil where nothing is sent.
    static func exampleBody(of endpoint: EndpointDescription) -> String? {
        let members = endpoint.inputs(in: .body)
        guard !members.isEmpty else { return nil }
        let required = members.filter(\.isRequired).map { ($0.name, SchemaExample.value(of: $0.schema)) }
        return JSON.object(JSONObject(required)).jsonText
    }

    private var target: String {
        var path = endpoint.route.path
        for input in endpoint.inputs(in: .path) {
            path = path.split(separator: "{\(input.name)}", omittingEmptySubsequences: false)
                .joined(separator: example(of: input))
        }
        let query = endpoint.inputs(in: .query).filter(\.isRequired).map { "\($0.name)=\(example(of: $0))" }
        return query.isEmpty ? path : path + "?" + query.joined(separator: "&")
    }

    private func example(of input: EndpointDescription.Input) -> String {
        SchemaWords.plain(SchemaExample.value(of: input.schema))
    }

    private static func quoted(_ text: String) -> String { "\"\(text)\"" }

    private static func shellText(_ text: String) -> String {
        text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
    }
}
