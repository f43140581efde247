import Crypto
import Identity
import Vocabulary

/// The long-lived half of a sign-in: a sign-in's id, a number, and a proof that we gave it out. The text is
/// the only copy: the row of the sign-in knows the latest number, and the proof is made anew from the key.
struct RefreshToken: Equatable, Sendable {
    /// As long as every refresh token is.
    static let lengthBytes = prefix.utf8CodeUnitCount + 70
    private static let prefix: StaticString = "nrt_"

    let session: ID<Session>
    let generation: Int32

    /// The token as it travels: 16 bytes of id, 4 of the number, 32 of proof, in base64url.
    func text(at tenant: TenantID, under key: [UInt8]) -> String {
        let content = Self.content(session, generation)
        let bytes = content + Self.proof(of: content, at: tenant, under: key)
        return "\(Self.prefix)" + Base64URL.text(of: bytes)
    }

    /// Nil for everything that this clinic has not given out.
    init?(text: String, at tenant: TenantID, under key: [UInt8]) {
        guard text.utf8.count == Self.lengthBytes, text.hasPrefix("\(Self.prefix)"),
            let bytes = Base64URL.decode(Array(text.utf8.dropFirst(Self.prefix.utf8CodeUnitCount))),
            bytes.count == 52
        else { return nil }
        let content = Array(bytes[..<20])
        guard equalInConstantTime(Array(bytes[20...]), Self.proof(of: content, at: tenant, under: key)) else {
            return nil
        }
        let word = { (range: Range<Int>) in content[range].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        self.init(
            session: ID(UniqueID(high: word(0..<8), low: word(8..<16))),
            generation: Int32(truncatingIfNeeded: word(16..<20)))
    }

    init(session: ID<Session>, generation: Int32) { (self.session, self.generation) = (session, generation) }

    private static func content(_ session: ID<Session>, _ generation: Int32) -> [UInt8] {
        let words = [session.unique.high, session.unique.low]
        return words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
            + (0..<4).map { UInt8(truncatingIfNeeded: UInt32(bitPattern: generation) >> (24 - 8 * $0)) }
    }

    private static func proof(of content: [UInt8], at tenant: TenantID, under key: [UInt8]) -> [UInt8] {
        HMAC.sha256(of: Array("\(tenant.number) ".utf8) + content, key: key)
    }
}
