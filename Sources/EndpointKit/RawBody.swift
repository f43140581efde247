/// A body that is not read into inputs: another program sends it in a form of its own, signed over its very
/// bytes, or a page's form does.
public struct RawBody: Sendable {
    /// What it may be written in, in small letters.
    public let mediaTypes: [String]
    /// What it is, for the document.
    public let help: String

    /// A body in one of these media types.
    public init(_ mediaTypes: [String], _ help: String) { (self.mediaTypes, self.help) = (mediaTypes, help) }

    /// Whether the `Content-Type` of a body is one of them.
    func takes(_ field: String?) -> Bool {
        guard let type = field?.lowercased().split(separator: ";").first else { return false }
        return mediaTypes.contains { type.filter { $0 != " " && $0 != "\t" } == $0 }
    }
}
