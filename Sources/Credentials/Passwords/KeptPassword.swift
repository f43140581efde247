import Crypto
import Identity
import Vocabulary

/// A staff member's password as it is kept, and what may not come back.
struct KeptPassword: Sendable {
    /// So many are remembered, this one included.
    static let historyMax = 5

    let hash: PasswordHash
    let earlier: [PasswordHash]

    /// This one and those before it, the latest first.
    var all: [PasswordHash] { [hash] + earlier }
}

/// What is known of a staff member about whom a password is chosen.
struct PasswordOwner: Sendable {
    let id: ID<StaffMember>
    let name: String
    let email: String?
    let phone: String?
    let kept: KeptPassword?

    /// What a guesser would try first.
    func words(at clinic: [String]) -> [String] { [name] + [email, phone].compactMap { $0 } + clinic }
}
