/// RFC 3492, as far as a server needs it: whether a label's letters encode anything at all.
///
/// By hand, because libidn2 would come into every process for this one question.
enum Punycode {
    /// Whether the letters after `xn--` decode to at least one character outside ASCII, each a valid one.
    static func decodes(_ letters: ArraySlice<UInt8>) -> Bool {
        let hyphen = letters.lastIndex(of: UInt8(ascii: "-"))
        let plain = hyphen.map { $0 - letters.startIndex } ?? 0
        var rest = hyphen.map { letters[($0 + 1)...] } ?? letters
        guard !rest.isEmpty else { return false }
        var code = 128, place = 0, bias = 72, length = plain
        while !rest.isEmpty {
            guard let delta = nextDelta(&rest, bias: bias) else { return false }
            length += 1
            bias = adapted(delta, length: length, isFirst: length == plain + 1)
            code += (place + delta) / length
            place = (place + delta) % length + 1
            // Below are control characters, which no name holds.
            guard code > 0xA0, Unicode.Scalar(UInt32(clamping: code)) != nil else { return false }
        }
        return true
    }

    /// A number of varying base 36 digits; nil where it breaks off or grows past any character there is.
    private static func nextDelta(_ rest: inout ArraySlice<UInt8>, bias: Int) -> Int? {
        var delta = 0, weight = 1, place = 36
        while let letter = rest.popFirst() {
            guard let digit = digit(letter) else { return nil }
            delta += digit * weight
            let threshold = min(max(place - bias, 1), 26)
            if digit < threshold { return delta }
            weight *= 36 - threshold
            place += 36
            // A label has 63 letters at most, and no character needs a delta beyond this.
            guard delta < 1 << 30, weight < 1 << 30 else { return nil }
        }
        return nil
    }

    private static func adapted(_ delta: Int, length: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / length
        var bias = 0
        while delta > 455 {
            delta /= 35
            bias += 36
        }
        return bias + 36 * delta / (delta + 38)
    }

    private static func digit(_ letter: UInt8) -> Int? {
        switch letter {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(letter - UInt8(ascii: "a"))
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(letter - UInt8(ascii: "0")) + 26
        default: nil
        }
    }
}
