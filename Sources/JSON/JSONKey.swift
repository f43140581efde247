/// A member's name, quoted, escaped and followed by its colon once, to be copied into every answer.
public struct JSONKey: Hashable, Sendable {
    /// So many bytes behind a key may be read and mean nothing: keys are copied by words.
    static let padding = 8

    /// `,"name":` and the padding. The first member of an object leaves out the comma.
    public let bytes: [UInt8]

    /// Prepares `name`; do it once, not per answer. With a beginning that every value of the member has, such
    /// as a quote, that is copied along.
    public init(_ name: String, before beginning: String = "") {
        var writer = JSONWriter(capacity: name.utf8.count + 4)
        writer.key(text: name)
        let padding = [UInt8](repeating: UInt8(ascii: " "), count: Self.padding)
        bytes = [UInt8(ascii: ",")] + writer.bytes + beginning.utf8 + padding
    }
}
