/// Telephone numbers as people write them: spaces and brackets, digits of their own script, with and without
/// the country's code.
enum PhoneText {
    /// The number in E.164; nil for what cannot be one. Whether anybody answers it only a message tells.
    static func normal(_ text: String, at home: String) -> String? {
        guard text.utf8.count <= 100, let typed = Typed(text) else { return nil }
        let digits = typed.hasPlus ? typed.digits : international(typed.digits, at: home)
        let number = withoutTrunkPrefix(digits)
        guard (7...15).contains(number.utf8.count), number.first != "0",
            CallingCodes.country(of: number) != nil
        else { return nil }
        return "+" + number
    }

    /// What is left of the text: whether it began with a plus, and the digits.
    private struct Typed {
        var hasPlus = false
        var digits = ""

        init?(_ text: String) {
            var rest = Substring(text)
            if rest.prefix(4).lowercased() == "tel:" { rest = rest.dropFirst(4) }
            // A national zero in brackets is written beside the country's code and not dialled with it.
            for scalar in String(rest).replacingAll("(0)", with: "").unicodeScalars {
                if let digit = scalar.decimalDigit {
                    digits.append(String(digit))
                } else if scalar == "+" || scalar == "\u{FF0B}" {
                    guard digits.isEmpty, !hasPlus else { return nil }
                    hasPlus = true
                } else if !scalar.isIgnorable {
                    return nil
                }
            }
        }
    }

    /// Digits without a plus: dialled abroad, or at home.
    private static func international(_ digits: String, at home: String) -> String {
        if digits.hasPrefix("00") { return String(digits.dropFirst(2)) }
        guard let code = CallingCodes.code(of: home) else { return digits }
        if code == "1", digits.hasPrefix("011") { return String(digits.dropFirst(3)) }
        // The country's code without a plus: nowhere are nine digits more than one would dial at home.
        if digits.hasPrefix(code), digits.utf8.count >= code.utf8.count + 9 { return digits }
        let trunk = CallingCodes.trunkPrefix(of: home)
        let isTrunk = !trunk.isEmpty && digits.hasPrefix(trunk) && digits.utf8.count > 8
        return code + (isTrunk ? String(digits.dropFirst(trunk.utf8.count)) : digits)
    }

    /// A zero behind the country's code is a habit, but where numbers do begin with one. Mexico's 1 for
    /// mobile telephones is no longer dialled and still written.
    private static func withoutTrunkPrefix(_ digits: String) -> String {
        guard let code = CallingCodes.code(ofNumber: digits), !CallingCodes.keepsZero.contains(code) else {
            return digits
        }
        let rest = digits.dropFirst(code.utf8.count)
        if rest.hasPrefix("0") { return code + rest.dropFirst() }
        if code == "52", rest.hasPrefix("1"), rest.utf8.count == 11 { return code + rest.dropFirst() }
        return digits
    }
}

extension Unicode.Scalar {
    /// What the digit means, in whatever script it is written.
    var decimalDigit: Int? {
        guard properties.numericType == .decimal, let value = properties.numericValue else { return nil }
        return Int(value)
    }

    /// What people put between digits, and what a copied text brings along unseen.
    var isIgnorable: Bool {
        properties.isWhitespace || properties.generalCategory == .format
            || properties.generalCategory == .dashPunctuation || "().,/·".unicodeScalars.contains(self)
    }
}

extension String {
    /// Every occurrence of a text replaced by another.
    func replacingAll(_ text: String, with other: String) -> String {
        var (result, rest) = ("", self[...])
        while let start = rest.firstRange(of: text) {
            result += rest[..<start.lowerBound] + other
            rest = rest[start.upperBound...]
        }
        return result + rest
    }
}
