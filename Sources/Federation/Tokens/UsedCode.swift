import Crypto
import Identity
import Vocabulary

/// A code that came back, as its row knows it.
struct UsedCode: Sendable {
    let program: ID<TrustedProgram>
    let session: ID<Session>
    let redirect: String
    let scopes: [OpenIDScope]
    let nonce: String?
    let challenge: [UInt8]
    let expiresAt: Instant
    /// This use included.
    let uses: Int16
    /// What the first use gave.
    let given: ID<ProgramSignIn>?

    /// Whether it is good for that program, with that address and what it shows.
    func isGood(
        for program: ID<TrustedProgram>, to redirect: String?, showing verifier: String?, at now: Instant
    )
        -> Bool
    {
        uses == 1 && program == self.program && redirect == self.redirect && now < expiresAt
            && verifier.map(fits) ?? false
    }

    /// RFC 7636: 43 to 128 unreserved letters whose SHA-256 is the challenge.
    private func fits(_ verifier: String) -> Bool {
        let isVerifier =
            (43...128).contains(verifier.utf8.count)
            && verifier.utf8.allSatisfy { byte in
                (byte | 32) &- 97 < 26 || byte &- 48 < 10 || "-._~".utf8.contains(byte)
            }
        return isVerifier && equalInConstantTime(SHA256.digest(of: Array(verifier.utf8)), challenge)
    }
}
