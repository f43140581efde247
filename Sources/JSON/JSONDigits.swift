/// Integers in decimal.
enum JSONDigits {
    /// Writes the digits, at most twenty, and says how many.
    static func write(_ number: UInt64, to place: UnsafeMutablePointer<UInt8>) -> Int {
        var (rest, count) = (number, 1)
        while rest >= 10 { (rest, count) = (rest / 10, count + 1) }
        rest = number
        for digit in (0..<count).reversed() {
            place[digit] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        return count
    }
}
