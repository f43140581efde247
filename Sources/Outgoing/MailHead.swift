import Crypto

/// The fields of a mail. A text becomes encoded words whenever it holds anything but plain ASCII, and a line
/// break is not plain ASCII: no text can begin a field of its own.
struct MailHead {
    private static let lineBytesMax = 76
    /// 39 bytes are 52 letters of base 64, and with `=?UTF-8?B?…?=` 64: with a field's name they fit a line.
    private static let wordBytesMax = 39

    private(set) var bytes: [UInt8] = []

    /// A value of the program's own making, in one piece.
    mutating func add(_ name: StaticString, token: String) { write(name, [token]) }

    /// What a person wrote.
    mutating func add(_ name: StaticString, text: String) { write(name, Self.words(text)) }

    mutating func add(_ name: StaticString, _ mailbox: Mailbox) {
        let address = "<\(mailbox.address.text)>"
        write(name, mailbox.name.isEmpty ? [address] : Self.phrase(mailbox.name) + [address])
    }

    /// Words with a space between them; a line that would be too long is folded before the next word.
    private mutating func write(_ name: StaticString, _ words: [String]) {
        var line = "\(name):"
        for word in words {
            if line.utf8.count + 1 + word.utf8.count > Self.lineBytesMax,
                line.utf8.count > name.utf8CodeUnitCount + 1
            {
                bytes += Array("\(line)\r\n".utf8)
                line = ""
            }
            line += " \(word)"
        }
        bytes += Array("\(line)\r\n".utf8)
    }

    static func words(_ text: String) -> [String] {
        let words = text.split(separator: " ").map(String.init)
        let isPlain = words.allSatisfy { word in
            word.utf8.count < lineBytesMax && !word.hasPrefix("=?")
                && word.utf8.allSatisfy { (33...126).contains($0) }
        }
        return isPlain ? words : encodedWords(text)
    }

    /// A name may be bare only when it consists of atoms; otherwise it is quoted, or encoded.
    private static func phrase(_ name: String) -> [String] {
        let isASCII = name.utf8.allSatisfy { (32...126).contains($0) } && name.utf8.count < 60
        guard isASCII, !name.contains("=?") else { return encodedWords(name) }
        let quoted = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return ["\"\(quoted)\""]
    }

    /// Cut between characters, since every encoded word must be whole UTF-8 of its own (RFC 2047).
    private static func encodedWords(_ text: String) -> [String] {
        var (words, piece): ([String], [UInt8]) = ([], [])
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if piece.count + bytes.count > wordBytesMax {
                words.append(encodedWord(piece))
                piece = []
            }
            piece += bytes
        }
        return piece.isEmpty ? words : words + [encodedWord(piece)]
    }

    private static func encodedWord(_ bytes: [UInt8]) -> String {
        "=?UTF-8?B?\(Base64.text(of: bytes))?="
    }
}
