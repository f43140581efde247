import CZxcvbn
import Crypto
import Glibc

/// What a password must be, decided without anybody else being asked.
public enum PasswordRules {
    /// Fewer characters are too few, whatever they are.
    public static let shortest = 12
    /// More bytes only keep us busy.
    public static let bytesMax = 256
    /// A guesser who tries ten thousand a second needs longer than a year and a half for half of 2⁴⁰.
    public static let bitsMin = 40.0
    /// The library looks at so many bytes: what comes behind can only make it harder.
    private static let bytesLookedAt = 100
    /// A shorter word says nothing about anybody.
    private static let wordMin = 3
    private static let wordsMax = 50

    /// Why it cannot be this one, to finish "must …"; nil when it can. `words` are what a guesser would try
    /// first here: names of the person and of the clinic, addresses, numbers.
    public static func flaw(of password: String, knowing words: [String]) -> String? {
        guard password.count >= shortest else { return "have \(shortest) characters or more" }
        guard password.utf8.count <= bytesMax else { return "have at most \(bytesMax) bytes" }
        guard !password.utf8.contains(0) else { return "have no zero character" }
        guard bits(of: password, knowing: words) >= bitsMin else {
            return """
                be harder to guess: three or four words that have nothing to do with each other, or with you, are
                """
        }
        return nil
    }

    /// How many bits of guessing it takes.
    static func bits(of password: String, knowing words: [String]) -> Double {
        let pieces = pieces(of: words)
        let texts = pieces.map { strdup($0) }
        defer { for text in texts { free(text) } }
        // A password of bytes that are no whole character is still text to the library.
        let start = String(decoding: password.utf8.prefix(bytesLookedAt), as: UTF8.self)
        return nadi_password_bits(start, texts.map { UnsafePointer($0) } + [nil])
    }

    /// The words as such and their parts, in lower case: a guesser knows where a mail address has its dots.
    static func pieces(of words: [String]) -> [String] {
        var pieces: [String] = []
        for word in words {
            let small = word.lowercased()
            let parts = small.split { !$0.isLetter && !$0.isNumber }.map(String.init)
            for piece in [small, parts.joined()] + parts where piece.utf8.count >= wordMin {
                if !pieces.contains(piece) { pieces.append(piece) }
            }
        }
        return Array(pieces.prefix(wordsMax))
    }
}
