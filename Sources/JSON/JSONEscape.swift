/// The escapes of RFC 8259, section 7.
enum JSONEscape {
    /// What a byte becomes at most: `\u001f`.
    static let growthMax = 6

    /// Whether any byte needs an escape. Nearly no text has one, so texts are asked eight bytes at a time.
    static func isNeeded(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        var marks: UInt64 = 0
        eachWord(of: text) { marks |= escapes(in: $0) }
        return marks != 0
    }

    /// Whether the text is ASCII that needs no escape.
    static func isPlainASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var marks: UInt64 = 0
        eachWord(of: text) { marks |= escapes(in: $0) | $0 & highBits }
        return marks == 0
    }

    /// Writes the text with its quotes and escapes, and says how many bytes that were.
    static func write(_ text: UnsafeBufferPointer<UInt8>, to start: UnsafeMutablePointer<UInt8>) -> Int {
        var place = start
        put(UInt8(ascii: "\""), &place)
        for byte in text {
            if escapes(in: UInt64(byte) | blanks << 8) == 0 {
                put(byte, &place)
            } else {
                escape(byte, &place)
            }
        }
        put(UInt8(ascii: "\""), &place)
        return place - start
    }

    private static let blanks: UInt64 = 0x2020_2020_2020_2020
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// The last word of a text is its last eight bytes, whichever of them were looked at before; a text of
    /// fewer is filled up with blanks, which need no escape.
    @inline(__always)
    private static func eachWord(of text: UnsafeBufferPointer<UInt8>, _ look: (UInt64) -> Void) {
        let bytes = UnsafeRawBufferPointer(text)
        guard bytes.count >= 8 else {
            var word = blanks
            for byte in text { word = word << 8 | UInt64(byte) }
            return look(word)
        }
        var place = 0
        while place < bytes.count &- 8 {
            look(bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            place &+= 8
        }
        look(bytes.loadUnaligned(fromByteOffset: bytes.count &- 8, as: UInt64.self))
    }

    /// Not zero where any of eight bytes is a control character, a quote or a backslash: each subtraction
    /// borrows into the high bit of a byte that is less than what is taken from it.
    @inline(__always)
    private static func escapes(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ ones &* UInt64(UInt8(ascii: "\""))
        let slashes = word ^ ones &* UInt64(UInt8(ascii: "\\"))
        let controls = (word &- blanks) & ~word
        return (controls | (quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes) & highBits
    }

    @inline(__always)
    private static func put(_ byte: UInt8, _ place: inout UnsafeMutablePointer<UInt8>) {
        place.pointee = byte
        place += 1
    }

    private static func escape(_ byte: UInt8, _ place: inout UnsafeMutablePointer<UInt8>) {
        put(UInt8(ascii: "\\"), &place)
        switch byte {
        case 0x08: put(UInt8(ascii: "b"), &place)
        case 0x09: put(UInt8(ascii: "t"), &place)
        case 0x0A: put(UInt8(ascii: "n"), &place)
        case 0x0C: put(UInt8(ascii: "f"), &place)
        case 0x0D: put(UInt8(ascii: "r"), &place)
        case 0x20...: put(byte, &place)
        default:
            put(UInt8(ascii: "u"), &place)
            put(UInt8(ascii: "0"), &place)
            put(UInt8(ascii: "0"), &place)
            put(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"), &place)
            put(hexDigit(byte & 0x0F), &place)
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
