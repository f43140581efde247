import Crypto
import Vocabulary

/// A token of a program: what it belongs to, a number, and a proof that we gave it out. Nothing of it is
/// stored, and none of the house's own doors reads it.
struct ProgramToken: Equatable, Sendable {
    /// Which door it opens.
    enum Kind: String, CaseIterable, Sendable {
        /// `/oauth/userinfo`; the number is the second at which it ends.
        case access = "npa_"
        /// `/oauth/token`; the number is how many were given out before.
        case refresh = "npr_"
    }

    let kind: Kind
    let family: ID<ProgramSignIn>
    let number: Int64

    init(_ kind: Kind, of family: ID<ProgramSignIn>, _ number: Int64) {
        (self.kind, self.family, self.number) = (kind, family, number)
    }

    /// 16 bytes of id, 8 of the number, 32 of proof, in base64url behind the prefix.
    func text(in tenant: TenantID, under key: [UInt8]) -> String {
        let bytes = content + proof(in: tenant, key)
        return kind.rawValue + Base64URL.text(of: bytes)
    }

    /// Nil for everything that this clinic has not given out as that kind of token.
    init?(text: String, as kind: Kind, in tenant: TenantID, under key: [UInt8]) {
        guard text.utf8.count < 100, text.hasPrefix(kind.rawValue),
            let bytes = Base64URL.decode(Array(text.utf8.dropFirst(kind.rawValue.utf8.count))),
            bytes.count == 56
        else { return nil }
        let word = { (range: Range<Int>) in bytes[range].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        self.init(
            kind, of: ID(UniqueID(high: word(0..<8), low: word(8..<16))), Int64(bitPattern: word(16..<24)))
        guard equalInConstantTime(Array(bytes[24...]), proof(in: tenant, key)) else { return nil }
    }

    private var content: [UInt8] {
        [family.unique.high, family.unique.low, UInt64(bitPattern: number)].flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) }
        }
    }

    private func proof(in tenant: TenantID, _ key: [UInt8]) -> [UInt8] {
        HMAC.sha256(of: Array("\(kind.rawValue) \(tenant.number) ".utf8) + content, key: key)
    }
}
