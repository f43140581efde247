import Crypto
public import Shapes
import Vocabulary

extension Passkey: Output {
    /// What its person sees of it.
    public static let shape = OutputShape<Passkey> {
        Out("id", "The passkey.") { $0.id }
        Out("name", "What the person calls it.", example: "My telephone") { $0.name }
        Out("synced", "Whether it lives on several devices.", example: true) { $0.isBackedUp }
        Out("made_at", "When it was made.") { $0.madeAt }
        Out("used_at", "When it was last used.") { $0.usedAt }
    }

    /// How browsers name it.
    var credentialText: String { Base64URL.text(of: credentialID) }
}
