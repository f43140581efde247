public import Shapes

/// How long a text is on the air: in which alphabet it fits, and into how many pieces it is cut.
///
/// Written by hand: it is a table of GSM 03.38 and a division.
public struct SMSLength: Sendable, Hashable {
    /// What the text is written in on the air.
    public enum Alphabet: String, CaseIterable, Sendable, WireValue {
        /// GSM 03.38: seven bits a sign.
        case gsm7 = "gsm-7"
        /// Sixteen bits a sign: as soon as one sign is not in GSM 03.38.
        case ucs2 = "ucs-2"
    }

    /// What it is written in.
    public let alphabet: Alphabet
    /// Signs of that alphabet, of which a piece holds 160 or 70, and a piece of several 153 or 67.
    public let units: Int
    /// Into how many pieces it is cut: each is paid for.
    public let segments: Int

    /// Counts a text.
    public init(of text: String) {
        let wide = text.unicodeScalars.map { Self.septets($0) }
        if wide.contains(nil) {
            let units = text.unicodeScalars.map { UTF16.width($0) }
            (alphabet, self.units) = (.ucs2, units.reduce(0, +))
            segments = Self.segments(of: units, single: 70, joined: 67)
        } else {
            let units = wide.compactMap(\.self)
            (alphabet, self.units) = (.gsm7, units.reduce(0, +))
            segments = Self.segments(of: units, single: 160, joined: 153)
        }
    }

    /// A sign that takes two units is never cut in its middle: it begins the next piece.
    private static func segments(of units: [Int], single: Int, joined: Int) -> Int {
        guard units.reduce(0, +) > single else { return 1 }
        var (segments, used) = (1, 0)
        for unit in units {
            if used + unit > joined { (segments, used) = (segments + 1, 0) }
            used += unit
        }
        return segments
    }

    /// How many septets a sign takes; nil for one that the alphabet lacks.
    private static func septets(_ scalar: Unicode.Scalar) -> Int? {
        basic.contains(scalar) ? 1 : extended.contains(scalar) ? 2 : nil
    }

    private static let basic = Set(
        """
        @£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
        abcdefghijklmnopqrstuvwxyzäöñüà
        """.unicodeScalars)
    private static let extended = Set("\u{0C}^{}\\[~]|€".unicodeScalars)
}
