/// A member's name, quoted, escaped and followed by its colon once, to be copied into every answer.
public struct JSONKey: Hashable, Sendable {
    /// `"name":`
    public let bytes: [UInt8]

    /// Prepares `name`; do it once, not per answer.
    public init(_ name: String) {
        var writer = JSONWriter(capacity: name.utf8.count + 3)
        writer.key(text: name)
        bytes = writer.bytes
    }
}
