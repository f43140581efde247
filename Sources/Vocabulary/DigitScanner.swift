/// Reads fixed-width digits and marks off the front of some bytes; every read either succeeds whole or says
/// nil.
struct DigitScanner {
    private let bytes: [UInt8]
    private var position = 0

    /// A String first: copied as one, its bytes cost a tenth of what any other collection's do.
    init(_ text: some StringProtocol) {
        var text = String(text)
        bytes = text.withUTF8 { Array($0.prefix(64)) }
    }

    var isAtEnd: Bool { position == bytes.count }

    private var next: UInt8? { isAtEnd ? nil : bytes[position] }

    mutating func takes(_ mark: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: mark) else { return false }
        position += 1
        return true
    }

    mutating func takes(any marks: StaticString) -> Bool {
        guard let next, marks.withUTF8Buffer({ $0.contains(next) }) else { return false }
        position += 1
        return true
    }

    mutating func number(_ width: Int) -> Int? {
        guard bytes.count - position >= width else { return nil }
        var value = 0
        for byte in bytes[position..<(position + width)] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        position += width
        return value
    }

    /// `2027-01-04`, of a date that exists.
    mutating func day() -> Day? {
        guard let year = number(4), takes("-"), let month = number(2), takes("-"), let day = number(2) else {
            return nil
        }
        return Day(year: year, month: month, day: day)
    }

    /// Microseconds after an optional point; one to six digits.
    mutating func fraction() -> Int? {
        guard takes(".") else { return 0 }
        var value = 0, digits = 0
        while digits < 6, let digit = number(1) { (value, digits) = (value * 10 + digit, digits + 1) }
        guard digits > 0 else { return nil }
        for _ in digits..<6 { value *= 10 }
        return value
    }

    /// `Z` or `+05:30`, in seconds east of UTC.
    mutating func offsetSeconds() -> Int? {
        if takes(any: "Zz") { return 0 }
        let isWest = next == UInt8(ascii: "-")
        guard takes(any: "+-"), let hours = number(2), hours < 24, takes(":"), let minutes = number(2),
            minutes < 60
        else { return nil }
        return (isWest ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
}
