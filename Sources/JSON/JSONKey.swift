/// A member's name, quoted, escaped and followed by its colon once, to be copied into every answer.
public struct JSONKey: Hashable, Sendable {
    /// `,"name":` – the first member of an object leaves out the comma.
    public let bytes: [UInt8]

    /// Prepares `name`; do it once, not per answer.
    public init(_ name: String) {
        var writer = JSONWriter(capacity: name.utf8.count + 4)
        writer.key(text: name)
        bytes = [UInt8(ascii: ",")] + writer.bytes
    }
}
