/// The methods this server knows; any other is 501.
public enum HTTPMethod: String, Sendable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"
    /// Known so that it can be refused as no route's method: it would echo what a proxy has added to a
    /// request.
    case trace = "TRACE"
    /// Known so that it can be refused as no route's method.
    case query = "QUERY"
}
