import Identity
import Vocabulary

/// What is kept of the secret that a staff member's app shares.
struct KeptTimeCode: Sendable {
    let sealedSecret: [UInt8]
    /// The step of the code that was used last.
    let lastStep: Int64?
    /// Whether the app has shown that it knows the secret; until then nothing depends on it.
    let isConfirmed: Bool
}
