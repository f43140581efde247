/// Finds the token in an `Authorization` field (RFC 6750).
enum BearerToken {
    private static let scheme: StaticString = "bearer "

    /// The bytes behind the scheme, in whatever case that is written; nil for another scheme, for none, for
    /// spaces around the token, or for something larger than any token.
    static func find(in field: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        let start = scheme.utf8CodeUnitCount
        guard field.count > start, field.count <= start + AccessToken.bytesMax else { return nil }
        for place in 0..<start where field[place] | 0x20 != scheme.utf8Start[place] { return nil }
        return UnsafeBufferPointer(rebasing: field[start...])
    }
}
