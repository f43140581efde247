import Crypto

/// What somebody writes down for the day on which their telephone is gone: good once.
public struct RecoveryCode: Hashable, Sendable {
    /// How many a person gets.
    public static let count = 10
    /// No vowels and nothing that looks like something else.
    private static let alphabet = Array("23456789bcdfghjkmnpqrstvwxyz".utf8)
    private static let letters = 12

    /// Twelve letters in three groups: 57 bits.
    public let text: String

    /// A new set, no two alike.
    public static func randomSet() -> [RecoveryCode] {
        var codes: Set<RecoveryCode> = []
        while codes.count < count { codes.insert(random()) }
        return codes.sorted { $0.text < $1.text }
    }

    /// What somebody typed, in whatever case and with whatever between the groups; nil when it is none.
    public init?(typed text: String) {
        let letters = text.utf8.map { $0 | 0x20 }.filter { $0 != UInt8(ascii: "-") | 0x20 && $0 != 0x20 }
        guard letters.count == Self.letters, letters.allSatisfy(Self.alphabet.contains) else { return nil }
        self.init(letters)
    }

    private init(_ letters: [UInt8]) {
        let text = String(decoding: letters, as: UTF8.self)
        let (first, rest) = (text.prefix(4), text.dropFirst(4))
        self.text = "\(first)-\(rest.prefix(4))-\(rest.dropFirst(4))"
    }

    private static func random() -> RecoveryCode {
        RecoveryCode((0..<letters).map { _ in alphabet[Int.random(in: alphabet.indices)] })
    }

    /// What is kept instead: as long as nobody has the key, nothing can be tried against it.
    func digest(under key: [UInt8], of owner: [UInt8]) -> [UInt8] {
        HMAC.sha256(of: owner + Array(text.utf8), key: key)
    }
}
