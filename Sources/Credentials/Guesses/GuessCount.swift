import EndpointKit
import Vocabulary

/// How often somebody, or somewhere, may guess wrong before they have to wait.
struct GuessCount: Sendable {
    /// Under this the guesses are counted.
    let key: [UInt8]
    /// So many wrong ones cost nothing yet.
    let free: Int

    init(_ key: [UInt8], free: Int = Lockout.free) { (self.key, self.free) = (key, free) }

    /// A whole clinic sits behind one address, and people mistype.
    static let freeFromAddress = 50
}
