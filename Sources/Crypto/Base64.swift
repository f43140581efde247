/// Base64 in the alphabet of RFC 4648 section 4, padded: as mails, HTTP's Basic and webhook signatures write
/// it. Decoding is exact, as with `Base64URL`.
public enum Base64 {
    /// The text for `bytes`.
    public static func encode(_ bytes: [UInt8]) -> [UInt8] {
        let letters = Base64URL.encode(bytes).map { Self.exchanged($0, from: urlSigns, to: signs) }
        return letters + [UInt8](repeating: pad, count: (4 - letters.count % 4) % 4)
    }

    /// The same, as a `String`.
    public static func text(of bytes: [UInt8]) -> String { String(decoding: encode(bytes), as: UTF8.self) }

    /// The bytes, or nil for a foreign character, padding that is missing or too much, or stray last bits.
    public static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        let letters = text.prefix { $0 != pad }
        let isPadded =
            text.count - letters.count <= 2 && text.dropFirst(letters.count).allSatisfy { $0 == pad }
        guard isPadded, !letters.contains(where: urlSigns.contains) else { return nil }
        return Base64URL.decode(letters.map { exchanged($0, from: signs, to: urlSigns) })
    }

    private static let pad = UInt8(ascii: "=")
    private static let signs: [UInt8] = [UInt8(ascii: "+"), UInt8(ascii: "/")]
    private static let urlSigns: [UInt8] = [UInt8(ascii: "-"), UInt8(ascii: "_")]

    private static func exchanged(_ letter: UInt8, from: [UInt8], to: [UInt8]) -> UInt8 {
        from.firstIndex(of: letter).map { to[$0] } ?? letter
    }
}
