public import Shapes
import Vocabulary

/// Where the caller can be reached, and since when it is known that they read what is sent there.
public struct OwnAddress: Output {
    /// What sort of address it is, as the columns name it.
    public enum Kind: String, CaseIterable, WireValue, Sendable {
        case email, phone
    }

    let identifier: Identifier
    let verifiedAt: Instant?

    /// The answer's members.
    public static let shape = OutputShape<OwnAddress> {
        Out("kind", "What sort of address it is.") { $0.identifier.kind }
        Out("address", "A mail address in lower case, or a number in E.164.", example: "asha@example.org") {
            $0.identifier.text
        }
        Out("verified_at", "Since when it is known that they read what is sent there; null if it is not.") {
            $0.verifiedAt
        }
    }
}

extension Identifier {
    /// What sort it is.
    public var kind: OwnAddress.Kind {
        switch self {
        case .phone: .phone
        case .email: .email
        }
    }
}

/// Everything that a person's row says of where they can be reached.
struct OwnAddresses: Sendable {
    let email: OwnAddress?
    let phone: OwnAddress?

    var all: [OwnAddress] { [email, phone].compactMap { $0 } }

    /// Where somebody is told that an address of that kind is another one now: at the one before; without
    /// one, at what else is known of them, so that whoever has stolen a sign-in cannot do it unseen.
    func witness(ofChangeTo identifier: Identifier) -> Identifier? {
        let (before, other) = identifier.kind == .email ? (email, phone) : (phone, email)
        guard before?.identifier != identifier else { return nil }
        return before?.identifier ?? other?.identifier
    }
}
