import Crypto
import Identity

/// The key by which an ID token is signed, asked for before anything is promised that needs it.
enum TokenSigner: Sendable {
    case edDSA(IssuingKey)
    case rs256(ProgramKey)

    var algorithm: TokenAlgorithm {
        switch self {
        case .edDSA: .edDSA
        case .rs256: .rs256
        }
    }

    /// The name by which the key is published.
    var name: String {
        switch self {
        case .edDSA(let key): key.id.text
        case .rs256(let key): key.id.text
        }
    }

    func signature(of bytes: [UInt8]) async -> [UInt8] {
        switch self {
        case .edDSA(let key): key.signingKey.signature(of: bytes)
        case .rs256(let key): await key.signature(of: bytes)
        }
    }
}
