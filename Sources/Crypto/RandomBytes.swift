import COpenSSL

/// Bytes that nobody can predict.
public enum RandomBytes {
    /// `count` bytes of the operating system's seeded generator.
    public static func make(_ count: Int) -> [UInt8] {
        filled(count) { insist(nadi_random($0, count), "random bytes") }
    }
}

/// Whether two secrets are equal, in a time that depends on their length alone.
public func equalInConstantTime(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    one.count == other.count && nadi_equal(one, other, one.count) == 1
}
