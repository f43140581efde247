/// A language as BCP 47 names it, of the shape that a clinic configures: `en`, `hi`, `pt-BR`, `sr-Latn`.
public struct Language: Hashable, Sendable, CustomStringConvertible {
    /// The tag.
    public let tag: String

    /// Nil when it is not two or three lower-case letters, with an optional script and an optional region.
    public init?(tag: some StringProtocol) {
        var parts = String(tag).split(separator: "-", omittingEmptySubsequences: false)[...]
        guard let language = parts.popFirst(), (2...3).contains(language.utf8.count),
            language.isAll("a"..."z")
        else { return nil }
        if let script = parts.first, script.utf8.count == 4, script.prefix(1).isAll("A"..."Z"),
            script.dropFirst().isAll("a"..."z")
        {
            parts.removeFirst()
        }
        if let region = parts.first, region.utf8.count == 2, region.isAll("A"..."Z") { parts.removeFirst() }
        guard parts.isEmpty else { return nil }
        self.tag = String(tag)
    }

    /// The tag.
    public var description: String { tag }
}

extension StringProtocol {
    /// Whether every scalar stands in the range.
    func isAll(_ range: ClosedRange<Unicode.Scalar>) -> Bool {
        unicodeScalars.allSatisfy { range.contains($0) }
    }
}
