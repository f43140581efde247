import Crypto

/// What a browser carries to a program, and the program to us: good once, and for a minute.
struct ProgramCode: Sendable {
    static let lifetime = Duration.seconds(60)

    let text: String

    static func random() -> ProgramCode {
        ProgramCode(text: Base64URL.text(of: RandomBytes.make(32)))
    }

    /// What the row keeps instead.
    var digest: [UInt8] { SHA256.digest(of: Array(text.utf8)) }
}
