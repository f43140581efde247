extension Instant {
    /// Reads RFC 3339 with an offset (`2027-01-04T09:00:00+05:30`, `…Z`, up to six decimals); nil for
    /// anything else.
    public init?(text: some StringProtocol) {
        var scanner = DigitScanner(text)
        guard let day = scanner.day(), scanner.takes(any: "Tt"),
            let hour = scanner.number(2), hour < 24, scanner.takes(":"),
            let minute = scanner.number(2), minute < 60, scanner.takes(":"),
            let second = scanner.number(2), second < 60,
            let fraction = scanner.fraction(), let offset = scanner.offsetSeconds(), scanner.isAtEnd
        else { return nil }
        let seconds = Int64(day.number) * 86_400 + Int64(hour * 3600 + minute * 60 + second) - Int64(offset)
        self.init(microseconds: seconds * 1_000_000 + Int64(fraction))
        guard Instant.range.contains(self) else { return nil }
    }

    /// RFC 3339 in UTC; decimals appear only when there are any.
    public var text: String {
        String(unsafeUninitializedCapacity: 27) { buffer in write(to: UnsafeMutableRawBufferPointer(buffer)) }
    }

    /// Writes `text` into at least 27 bytes and returns how many it took: the hot path's way, without a
    /// String.
    public func write(to buffer: UnsafeMutableRawBufferPointer) -> Int {
        let seconds = seconds, day = floorDivide(seconds, 86_400)
        // What is left of a day and of a second fits 32 bits, in which dividing is cheap.
        let second = UInt32(truncatingIfNeeded: seconds &- day &* 86_400)
        let fraction = UInt32(truncatingIfNeeded: microseconds &- seconds &* 1_000_000)
        Day(number: Int32(truncatingIfNeeded: day)).write(to: buffer)
        buffer[10] = UInt8(ascii: "T")
        putTwo(second / 3600, 11, buffer)
        buffer[13] = UInt8(ascii: ":")
        putTwo(second / 60 % 60, 14, buffer)
        buffer[16] = UInt8(ascii: ":")
        putTwo(second % 60, 17, buffer)
        let end = fraction > 0 ? Self.write(fraction, at: 19, to: buffer) : 19
        buffer[end] = UInt8(ascii: "Z")
        return end + 1
    }

    /// Writes the decimals, without the zeros behind the last of them, and says where they end.
    private static func write(
        _ fraction: UInt32, at start: Int, to buffer: UnsafeMutableRawBufferPointer
    ) -> Int {
        buffer[start] = UInt8(ascii: ".")
        putTwo(fraction / 10_000, start + 1, buffer)
        putTwo(fraction / 100 % 100, start + 3, buffer)
        putTwo(fraction % 100, start + 5, buffer)
        var end = start + 7
        while buffer[end - 1] == UInt8(ascii: "0") { end -= 1 }
        return end
    }
}

extension Instant: CustomStringConvertible {
    /// RFC 3339 in UTC.
    public var description: String { text }
}

/// Two decimal digits at a place of the buffer.
@inline(__always)
func putTwo(_ value: UInt32, _ place: Int, _ buffer: UnsafeMutableRawBufferPointer) {
    let tens = value / 10
    buffer[place] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: tens)
    buffer[place + 1] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value &- tens &* 10)
}
