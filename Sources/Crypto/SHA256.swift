import COpenSSL

/// The hash of FIPS 180-4.
public enum SHA256 {
    /// The 32 bytes for the pieces one after the other. Nothing marks where a piece ends:
    /// a caller whose pieces vary in length puts a separator between them.
    public static func digest(of pieces: [UInt8]...) -> [UInt8] {
        insist(nadi_sha256_begin(), "SHA-256")
        for piece in pieces { insist(nadi_sha256_add(piece, piece.count), "SHA-256") }
        return filled(32) { insist(nadi_sha256_finish($0), "SHA-256") }
    }
}

/// The keyed hash of RFC 2104 over SHA-256.
public enum HMAC {
    /// The 32 bytes that only a holder of `key` could have made. Compare them with `equalInConstantTime`.
    public static func sha256(of bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        filled(32) { insist(nadi_hmac_sha256(key, key.count, bytes, bytes.count, $0), "HMAC") }
    }

    /// The 20 bytes over SHA-1, for vendors who still sign so (Twilio); as a keyed hash it is unbroken.
    public static func sha1(of bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        filled(20) { insist(nadi_hmac_sha1(key, key.count, bytes, bytes.count, $0), "HMAC") }
    }
}
