import Crypto
import JSON
public import Shapes
import Vocabulary

/// The end of a clinic's chain on some day: what to keep elsewhere.
public struct AuditAnchor: Output {
    let segment: AuditSegment

    /// The answer's members.
    public static let shape = OutputShape<AuditAnchor> {
        Out("head", "What to keep: `nadi audit verify --head` says whether the chain still contains it.") {
            AuditHead(number: $0.segment.number, digest: $0.segment.digest).text
        }
        Out("sealed_at", "When its last segment was sealed.") { $0.segment.sealedAt }
        Out("words", "What was signed.") { String(decoding: $0.segment.words, as: UTF8.self) }
        Out("signature", "The Ed25519 signature of the words, in hexadecimal.") {
            Hex.encode($0.segment.signature)
        }
        Out("key", "The public key it was signed by, in hexadecimal.") { Hex.encode($0.segment.key) }
    }
}
