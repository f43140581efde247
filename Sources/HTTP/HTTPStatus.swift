/// A status code. Any number of three digits may be written; those with a reason phrase here are the ones we
/// use.
public struct HTTPStatus: Hashable, Sendable, ExpressibleByIntegerLiteral {
    /// The number on the wire.
    public let code: Int

    /// A code from 100 to 599; anything else becomes 500, so that a wrong number never breaks the framing.
    public init(_ code: Int) { self.code = (100...599).contains(code) ? code : 500 }

    /// `let status: HTTPStatus = 404`
    public init(integerLiteral code: Int) { self.init(code) }

    /// Whether an answer with this status has no body, whatever its fields say.
    var forbidsBody: Bool { code < 200 || code == 204 || code == 304 }

    /// The words after the number, for people who read the wire.
    public var reason: StaticString {
        switch code {
        case 100: "Continue"
        case 101: "Switching Protocols"
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 206: "Partial Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 402: "Payment Required"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 411: "Length Required"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 417: "Expectation Failed"
        case 421: "Misdirected Request"
        case 422: "Unprocessable Content"
        case 428: "Precondition Required"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        default: "Status"
        }
    }
}
