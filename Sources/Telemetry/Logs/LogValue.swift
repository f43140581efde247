public import Vocabulary

/// What a log line may hold beside its message. There is no case for free text: what a person typed, or is
/// called, has no way into a log.
public enum LogValue: Sendable {
    /// A number.
    case int(Int)
    /// Yes or no.
    case bool(Bool)
    /// Words of the program's own.
    case text(StaticString)
    /// An identifier: a route, a slug, a SQLSTATE. What does not look like one is withheld.
    case token(String)
    /// A row's or a request's id.
    case unique(UniqueID)
    /// A moment.
    case instant(Instant)
    /// A fault's own words, with everything blotted out that could be somebody's: quoted pieces, addresses,
    /// long numbers.
    case fault(String)

    /// A length of time, in whole microseconds.
    public static func microseconds(_ duration: Duration) -> LogValue {
        .int(Int(duration.wholeMicroseconds))
    }

    /// The TypeID's sixteen bytes.
    public static func id<Subject>(_ id: ID<Subject>) -> LogValue { .token(id.text) }
}

/// The fields of one line, in the order written.
public struct LogFields: ExpressibleByDictionaryLiteral, Sendable {
    let members: [(key: StaticString, value: LogValue)]

    /// Names are part of the program's text, so they can be searched for and never hold data.
    public init(dictionaryLiteral elements: (StaticString, LogValue)...) {
        members = elements.map { (key: $0.0, value: $0.1) }
    }
}

/// What stands in for a value that has no business in a log, or in any other place that operators read.
public enum LogCensor {
    static let withheld = "(withheld)"
    static let tokenBytesMax = 128
    static let faultBytesMax = 1024

    /// Letters, digits and a few signs, not digits alone: no name with a space, no mail address, no phone
    /// number.
    static func token(_ text: String) -> String {
        var hasLetter = false
        guard text.utf8.count <= tokenBytesMax else { return withheld }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
                hasLetter = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): continue
            case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "/"),
                UInt8(ascii: ":"),
                UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "*"):
                continue
            default: return withheld
            }
        }
        return hasLetter || text.utf8.count <= 5 ? text : withheld
    }

    /// The words of a fault without what stands in quotes or parentheses after an equals sign, without words
    /// that hold an @, and without numbers of five digits and more.
    public static func fault(_ text: String) -> String {
        var words: [Substring] = []
        var isQuoted = false
        for word in String(decoding: text.utf8.prefix(faultBytesMax), as: UTF8.self).split(separator: " ") {
            let marks = word.utf8.count { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
            let blotted =
                isQuoted || marks > 0 || word.contains("@") || word.contains("=(") || hasLongNumber(word)
            if marks % 2 == 1 { isQuoted.toggle() }
            words.append(blotted ? "…" : word)
        }
        return words.joined(separator: " ")
    }

    private static func hasLongNumber(_ word: Substring) -> Bool {
        var run = 0
        for byte in word.utf8 {
            run = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? run + 1 : 0
            if run >= 5 { return true }
        }
        return false
    }
}
