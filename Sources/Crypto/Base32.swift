/// Base32 in the alphabet of RFC 4648 section 6 without padding, as authenticator apps take their secrets.
public enum Base32 {
    /// The text for `bytes`.
    public static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var (bits, pending): (UInt32, UInt32) = (0, 0)
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            pending += 8
            while pending >= 5 {
                pending -= 5
                text.append(letter(bits >> pending & 31))
            }
        }
        if pending > 0 { text.append(letter(bits << (5 - pending) & 31)) }
        return String(decoding: text, as: UTF8.self)
    }

    private static func letter(_ value: UInt32) -> UInt8 {
        UInt8(
            truncatingIfNeeded: value < 26
                ? UInt32(UInt8(ascii: "A")) + value : UInt32(UInt8(ascii: "2")) + value - 26)
    }
}
