import COpenSSL

/// The hash that older protocols name things by (WebSocket's handshake, Redis' scripts). Never for secrets.
public enum SHA1 {
    /// The 20 bytes for the message.
    public static func digest(of bytes: [UInt8]) -> [UInt8] {
        filled(20) { insist(nadi_sha1(bytes, bytes.count, $0), "SHA-1") }
    }
}
