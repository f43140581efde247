import Identity
public import Shapes
import Vocabulary

/// A key and its secret, which is shown this once.
public struct APIKeyWithSecret: Output {
    let key: APIKey
    let secret: APIKeySecret

    /// The answer's members.
    public static let shape = OutputShape<APIKeyWithSecret> {
        Out("key", "The key.") { $0.key }
        Out(
            "secret", "For `Authorization: Bearer …`. It is shown this once and can only be replaced.",
            example: "nadi_key_…"
        ) { $0.secret.text }
    }
}
