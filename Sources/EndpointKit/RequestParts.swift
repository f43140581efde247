/// What an endpoint's inputs are read from. Reception makes one of each request; tests make their own.
public protocol RequestParts {
    /// The decoded text that stood for `{name}` in the path.
    func pathValue(_ name: String) -> String?
    /// The query's names and values, decoded, in order, repeated ones kept.
    var queryItems: [(name: String, value: String)] { get }
    /// The field's value; names are lower case.
    func header(_ name: String) -> String?
    /// The body, whole.
    var body: [UInt8] { get }
    /// The position in a cursor that was sealed for this very caller's clinic, route and query; nil for any
    /// other.
    func openCursor(_ sealed: String) -> String?
}
