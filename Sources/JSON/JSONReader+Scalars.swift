extension JSONReader {
    /// Reads the string whose opening quote is next.
    mutating func readString() throws(JSONFault) -> String {
        let start = offset + 1
        let end = try endOfPlainText(from: start)
        guard bytes[end] != UInt8(ascii: "\"") else {
            let text = try text(of: bytes[start..<end])
            offset = end + 1
            return text
        }
        return try readEscapedString(plain: start..<end)
    }

    /// The next quote or backslash; a control character on the way is a fault.
    private mutating func endOfPlainText(from start: Int) throws(JSONFault) -> Int {
        var position = start
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
            if byte < 0x20 {
                offset = position
                throw byte == 0 ? nul : fault(.syntax, "A control character must be escaped.")
            }
            position += 1
        }
        guard position - start <= limits.stringBytes else { throw fault(.tooLarge, "The text is too long.") }
        guard position < bytes.count else {
            offset = bytes.count
            throw unexpectedEnd
        }
        return position
    }

    private mutating func readEscapedString(plain: Range<Int>) throws(JSONFault) -> String {
        var decoded = Array(bytes[plain])
        offset = plain.upperBound
        while bytes[offset] != UInt8(ascii: "\"") {
            try readEscape(into: &decoded)
            let end = try endOfPlainText(from: offset)
            decoded.append(contentsOf: bytes[offset..<end])
            guard decoded.count <= limits.stringBytes else { throw fault(.tooLarge, "The text is too long.") }
            offset = end
        }
        let text = try text(of: decoded[...])
        offset += 1
        return text
    }

    private mutating func readEscape(into decoded: inout [UInt8]) throws(JSONFault) {
        offset += 1
        guard offset < bytes.count else { throw unexpectedEnd }
        switch bytes[offset] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(bytes[offset])
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "u"): return try readUnicodeEscape(into: &decoded)
        default: throw fault(.syntax, "There is no such escape.")
        }
        offset += 1
    }

    /// `\u00e4`, or two of them that make one character; the `u` is next.
    private mutating func readUnicodeEscape(into decoded: inout [UInt8]) throws(JSONFault) {
        let first = try readHexUnit()
        guard first != 0 else { throw nul }
        var value = UInt32(first)
        if first & 0xF800 == 0xD800 {
            guard first < 0xDC00, offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
                bytes[offset + 1] == UInt8(ascii: "u")
            else { throw loneSurrogate }
            offset += 1
            let second = try readHexUnit()
            guard second & 0xFC00 == 0xDC00 else { throw loneSurrogate }
            value = 0x10000 + (UInt32(first & 0x3FF) << 10) + UInt32(second & 0x3FF)
        }
        guard let scalar = Unicode.Scalar(value), let units = UTF8.encode(scalar) else { throw loneSurrogate }
        decoded.append(contentsOf: units)
    }

    private mutating func readHexUnit() throws(JSONFault) -> UInt16 {
        offset += 1
        guard offset + 4 <= bytes.count else {
            offset = bytes.count
            throw unexpectedEnd
        }
        var unit: UInt16 = 0
        for byte in bytes[offset..<offset + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw fault(.syntax, "Four hexadecimal digits were expected.")
            }
            unit = unit << 4 | UInt16(digit)
        }
        offset += 4
        return unit
    }

    /// ASCII, nearly all there is, is text as it stands; only the rest need be proven to be UTF-8.
    private func text(of slice: ArraySlice<UInt8>) throws(JSONFault) -> String {
        if slice.withUnsafeBufferPointer(Self.isASCII) {
            return slice.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        }
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw fault(.invalidUTF8, "The text is not valid UTF-8.")
        }
        return text
    }

    private static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var all: UInt8 = 0
        for byte in bytes { all |= byte }
        return all < 0x80
    }

    private var nul: JSONFault { fault(.nul, "Text must not contain the character NUL.") }
    private var loneSurrogate: JSONFault { fault(.loneSurrogate, "Half a surrogate pair is no character.") }

    mutating func readWord(_ word: StaticString) throws(JSONFault) {
        for index in 0..<word.utf8CodeUnitCount {
            guard offset < bytes.count else { throw unexpectedEnd }
            guard bytes[offset] == word.utf8Start[index] else {
                throw fault(.syntax, "There is no such word.")
            }
            offset += 1
        }
    }

    /// Reads the number that is next: an integer exactly, anything else as its text.
    mutating func readNumber() throws(JSONFault) -> JSON {
        let start = offset
        let isNegative = take(UInt8(ascii: "-"))
        let whole = try readWhole(isNegative: isNegative)
        var isInteger = true
        if take(UInt8(ascii: ".")) {
            isInteger = false
            try readDigits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isInteger = false
            _ = take(UInt8(ascii: "+")) || take(UInt8(ascii: "-"))
            try readDigits()
        }
        guard offset - start <= limits.numberBytes else { throw outOfRange }
        guard isInteger else { return try decimal(start..<offset) }
        guard let whole else { throw outOfRange }
        return .integer(whole)
    }

    /// The digits before the point; nil when they exceed 64 bits, which only matters where no fraction
    /// follows.
    private mutating func readWhole(isNegative: Bool) throws(JSONFault) -> Int64? {
        let start = offset
        var (value, fits) = (Int64(0), true)
        while offset < bytes.count, let digit = digit(bytes[offset]) {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) =
                isNegative
                ? product.subtractingReportingOverflow(digit)
                : product.addingReportingOverflow(digit)
            fits = fits && !overflow && !carry
            value = sum
            offset += 1
        }
        guard offset > start else { throw missingDigit }
        guard bytes[start] != UInt8(ascii: "0") || offset == start + 1 else {
            throw fault(.syntax, "A number must not begin with a zero.")
        }
        return fits ? value : nil
    }

    private mutating func readDigits() throws(JSONFault) {
        let start = offset
        while offset < bytes.count, digit(bytes[offset]) != nil { offset += 1 }
        guard offset > start else { throw missingDigit }
    }

    private func decimal(_ range: Range<Int>) throws(JSONFault) -> JSON {
        let text = String(decoding: bytes[range], as: UTF8.self)
        guard let value = Double(text), value.isFinite else { throw outOfRange }
        return .number(JSONNumber(checked: text))
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    @inline(__always)
    private func digit(_ byte: UInt8) -> Int64? {
        let value = byte &- UInt8(ascii: "0")
        return value < 10 ? Int64(value) : nil
    }

    private var outOfRange: JSONFault { fault(.numberOutOfRange, "The number is out of range.") }
    private var missingDigit: JSONFault {
        offset < bytes.count ? fault(.syntax, "A digit was expected.") : unexpectedEnd
    }
}
