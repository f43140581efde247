public import Crypto
import EventLoop
import HTTP
public import SignIn

/// What credentials work with: the keys they are made of, and the threads on which passwords are hashed.
public struct CredentialParts: Sendable {
    let keys: CredentialKeys
    let passwords: PasswordHashing
    let signIn: SignInParts
    private let scheme: String

    /// Under this installation's secret, for clinics whose pages are found by `scheme`; at most `threads`
    /// passwords are hashed at a time.
    public init(under secret: Secret, scheme: String, threads: Int, for signIn: SignInParts) {
        (self.scheme, self.signIn) = (scheme, signIn)
        keys = CredentialKeys(under: secret)
        passwords = PasswordHashing(under: secret, on: SlowWork(threads: threads, waitingMax: 64))
    }

    /// The clinic as the browser that sent this request knows it: the host was found to be the clinic's
    /// before anything else.
    func party(of http: HTTPRequest) -> RelyingParty? {
        http[.host].flatMap { RelyingParty(origin: "\(scheme)://\($0.lowercased())") }
    }
}
