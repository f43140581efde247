import HTTP
public import Vocabulary

/// A pattern that somebody who means harm would leave: what was seen, how often, from when to when.
public struct SecurityEvent: Identified, Sendable {
    /// `sev_…`
    public static let idPrefix: StaticString = "sev"

    /// Which pattern. Never renamed.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// Failed sign-ins as many people from one address.
        case manyIdentifiers = "many_identifiers"
        /// Failed sign-ins as one person from many addresses.
        case manyAddresses = "many_addresses"
        /// A used refresh token came back.
        case refreshReuse = "refresh_reuse"
        /// A token of another clinic's.
        case foreignToken = "foreign_token"
        /// Many ids under which nothing is.
        case enumeration
        /// Failed proofs of a sign-in that is open: perhaps an unattended screen.
        case stepUpFailures = "step_up_failures"
        /// A program's key from a network that is not its own.
        case keyNetwork = "key_network"
        /// Somebody saw by emergency what they may not see.
        case breakGlass = "break_glass"

        /// Whether somebody should look at it today.
        public var isSevere: Bool {
            switch self {
            case .manyAddresses, .refreshReuse, .stepUpFailures, .keyNetwork, .breakGlass: true
            case .manyIdentifiers, .foreignToken, .enumeration: false
            }
        }

        /// How often it must be seen within the window before it is a pattern: of failed sign-ins, how many
        /// people, or addresses, there must be.
        var threshold: Int {
            switch self {
            case .manyIdentifiers, .manyAddresses: 5
            case .enumeration: 20
            case .stepUpFailures: 3
            case .refreshReuse, .foreignToken, .keyNetwork, .breakGlass: 1
            }
        }
    }

    /// How long signs are remembered that are no pattern yet.
    static let window = Duration.seconds(900)

    let kind: Kind
    let address: IPAddress?
    let person: UniqueID?
    let count: Int
    let firstAt: Instant
    let lastAt: Instant
}
