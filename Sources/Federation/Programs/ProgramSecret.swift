import Crypto

/// What a program proves itself by. It has 256 random bits, so that a plain hash keeps it.
struct ProgramSecret: Sendable {
    /// `nps_` and 43 letters.
    let text: String

    static func random() -> ProgramSecret {
        ProgramSecret(text: "nps_" + Base64URL.text(of: RandomBytes.make(32)))
    }

    /// What the row keeps instead.
    var digest: [UInt8] { SHA256.digest(of: Array(text.utf8)) }
}
