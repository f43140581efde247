/// The name a caller gives to one intention, so that sending it twice means it once.
public struct IdempotencyKey: Sendable, Hashable {
    /// As sent: 1 to 255 visible ASCII characters.
    public let text: String

    /// Nil when it is empty, longer than 255 bytes, or holds anything but visible ASCII.
    public init?(_ field: String) {
        let bytes = field.utf8
        guard (1...255).contains(bytes.count), bytes.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            return nil
        }
        text = field
    }
}
