public import Crypto
import Vocabulary

/// Every key of ours that anybody may check by: those of the house's tokens, and those of what programs are
/// told.
public struct PublishedKeys: Sendable {
    /// One of them.
    struct Entry: Sendable {
        let id: KeyID
        let key: ForeignKey
    }

    /// The house's own first, each kind in the order of names: whoever takes the first takes one of those.
    let entries: [Entry]

    init(_ ring: KeyRing, _ modules: [[UInt8]], at now: Instant) throws {
        let own = ring.valid(at: now).map { Entry(id: $0.id, key: .edDSA($0.key)) }
        let programs = try modules.map { modulus in
            Entry(id: KeyID(ofModulus: modulus), key: try .rs256(n: modulus, e: RSASigningKey.exponent))
        }
        entries = [own, programs].flatMap { $0.sorted { $0.id.text < $1.id.text } }
    }

    /// Each with its name.
    public var all: [(name: String, key: ForeignKey)] { entries.map { ($0.id.text, $0.key) } }
}
