import JSON
import Shapes

/// The header fields of answers, described once in the document's components.
enum SharedHeader: String, CaseIterable {
    case eTag = "ETag"
    case idempotencyReplayed = "Idempotency-Replayed"
    case location = "Location"
    case rateLimit = "RateLimit"
    case rateLimitPolicy = "RateLimit-Policy"
    case requestID = "X-Request-Id"
    case retryAfter = "Retry-After"
    case wwwAuthenticate = "WWW-Authenticate"

    private var words: String {
        switch self {
        case .eTag: "The revision that this answer shows."
        case .idempotencyReplayed:
            "`true` when this is the first answer to the same `Idempotency-Key`, given again."
        case .location: "Where the new thing can be read."
        case .rateLimit: "What is left of the limit, and for how long (draft-ietf-httpapi-ratelimit-headers)."
        case .rateLimitPolicy: "The limit and its window."
        case .requestID: "Names this call in our logs."
        case .retryAfter: "Seconds to wait before calling again."
        case .wwwAuthenticate: "How to sign in."
        }
    }

    private var schema: Schema { self == .retryAfter ? .typed("integer", ["minimum": 0]) : .string() }

    static func writeAll(to writer: inout JSONWriter) {
        writer.key("headers")
        writer.object { writer in
            for header in allCases {
                writer.key(text: header.rawValue)
                writer.object { writer in
                    writer.member("description", header.words)
                    writer.member("schema", header.schema)
                }
            }
        }
    }

    static func refer(to headers: [SharedHeader], in writer: inout JSONWriter) {
        writer.key("headers")
        writer.object { writer in
            for header in headers.sorted(by: { $0.rawValue < $1.rawValue }) {
                writer.key(text: header.rawValue)
                writer.object { $0.member("$ref", "#/components/headers/" + header.rawValue) }
            }
        }
    }
}
