/// Mail addresses as people write them: in capitals, in quotes, with a name's own script in the domain.
enum MailText {
    /// The address in ASCII and lower case; nil for what cannot be one, or has letters before the @ that no
    /// clinic keeps.
    static func normal(_ text: String) -> String? {
        guard text.utf8.count <= 1000, let folded = folded(text), let at = folded.lastIndex(of: "@") else {
            return nil
        }
        var name = String(folded[..<at])
        if name.count > 2, name.first == "\"", name.last == "\"" {
            name = String(name.dropFirst().dropLast())
        }
        guard let domain = domain(folded[folded.index(after: at)...]) else { return nil }
        let isName = name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x40 && $0 != 0x22 }
        let address = name + "@" + domain
        guard isName, (1...64).contains(name.utf8.count), address.utf8.count <= 254 else { return nil }
        return address
    }

    /// In lower case, without what cannot be seen; letters and signs of full width are the plain ones.
    private static func folded(_ text: String) -> String? {
        var folded = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: folded.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
            case 0x3002, 0xFF61: folded.append(".")
            default:
                if scalar.properties.generalCategory == .format || scalar.properties.isWhitespace { continue }
                folded.append(scalar)
            }
        }
        return String(folded).lowercased()
    }

    /// Labels of letters and digits; those in other scripts as the wire has them.
    private static func domain(_ text: Substring) -> String? {
        let text = text.last == "." ? text.dropLast() : text
        let labels = text.split(separator: ".", omittingEmptySubsequences: false).map { label(String($0)) }
        let known = labels.compactMap(\.self)
        return known.count == labels.count && known.count > 1 ? known.joined(separator: ".") : nil
    }

    private static func label(_ text: String) -> String? {
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
        // One letter can be spelled with its accent or beside it; only the first way is what a domain has.
        guard
            isPlain
                || !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .nonspacingMark })
        else { return nil }
        let label = isPlain ? text : "xn--" + LabelLetters.encoded(Array(text.unicodeScalars))
        let isLabel = label.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
        }
        guard isLabel, (1...63).contains(label.utf8.count), label.first != "-", label.last != "-" else {
            return nil
        }
        return label
    }
}

/// RFC 3492, the writing half: a label's letters as ASCII. By hand for the same reason as the reading half in
/// Tenancy: libidn2 would come into every process for it.
enum LabelLetters {
    static func encoded(_ letters: [Unicode.Scalar]) -> String {
        let plain = letters.filter(\.isASCII)
        var output = String(String.UnicodeScalarView(plain)) + (plain.isEmpty ? "" : "-")
        var code: UInt32 = 128, delta: UInt32 = 0, bias: UInt32 = 72, handled = UInt32(plain.count)
        while handled < UInt32(letters.count) {
            let next = letters.map(\.value).filter { $0 >= code }.min() ?? code
            delta &+= (next - code) &* (handled + 1)
            code = next
            for letter in letters.map(\.value) {
                if letter < code { delta &+= 1 }
                guard letter == code else { continue }
                output += digits(of: delta, bias: bias)
                bias = adapted(delta, count: handled + 1, isFirst: handled == UInt32(plain.count))
                (delta, handled) = (0, handled + 1)
            }
            (delta, code) = (delta &+ 1, code + 1)
        }
        return output
    }

    private static func digits(of delta: UInt32, bias: UInt32) -> String {
        var (rest, place, text) = (delta, UInt32(36), "")
        while true {
            let threshold = place <= bias ? 1 : min(place - bias, 26)
            guard rest >= threshold else { return text + digit(rest) }
            text += digit(threshold + (rest - threshold) % (36 - threshold))
            rest = (rest - threshold) / (36 - threshold)
            place += 36
        }
    }

    private static func digit(_ value: UInt32) -> String {
        String(Unicode.Scalar(UInt8(value < 26 ? value + 97 : value + 22)))
    }

    private static func adapted(_ delta: UInt32, count: UInt32, isFirst: Bool) -> UInt32 {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var bias: UInt32 = 0
        while delta > 455 {
            delta /= 35
            bias += 36
        }
        return bias + 36 * delta / (delta + 38)
    }
}
