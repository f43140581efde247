/// Whose things a right extends to.
public struct Reach: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt16
    /// The reach of these bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Every clinic of the platform.
    public static let platform = Reach(rawValue: 1)
    /// Every clinic of the chain.
    public static let organisation = Reach(rawValue: 2)
    /// The whole clinic.
    public static let tenant = Reach(rawValue: 4)
    /// The locations the role was given for.
    public static let location = Reach(rawValue: 8)
    /// Patients in the caller's care.
    public static let assigned = Reach(rawValue: 16)
    /// The caller's own.
    public static let own = Reach(rawValue: 32)
    /// The patients a guardian answers for.
    public static let ward = Reach(rawValue: 64)
    /// What everybody may see.
    public static let everyone = Reach(rawValue: 128)
    /// The one patient whose record was opened in an emergency.
    public static let opened = Reach(rawValue: 256)

    /// The reaches that are decided patient by patient: whoever honours them reads rows through a `Sight`.
    public static let patients: Reach = [.assigned, .own, .ward]

    /// The reaches that a handler needs no knowledge of the row to honour: it reads within one clinic anyway,
    /// and compares locations.
    public static let clinic: Reach = [.platform, .organisation, .tenant, .location, .everyone]
    /// All of them.
    public static let all = Reach(rawValue: 511)
    /// The reaches that do not ask for a location.
    public static let wholeClinic: Reach = [.platform, .organisation, .tenant]

    /// Each reach alone, with its letter in the matrix and its word in documents.
    static let names: [(letter: Character, word: String, reach: Reach)] = [
        ("p", "platform", .platform), ("o", "organisation", .organisation), ("t", "tenant", .tenant),
        ("l", "location", .location), ("a", "assigned", .assigned), ("s", "own", .own), ("w", "ward", .ward),
        ("e", "everyone", .everyone), ("b", "opened", .opened),
    ]

    /// The words of its reaches, the widest first: `["location", "assigned"]`.
    public var words: [String] { Self.names.filter { contains($0.reach) }.map(\.word) }

    /// The reaches of these words; a word that is none adds nothing.
    public init(words: [String]) {
        self = Self.names.filter { words.contains($0.word) }.reduce(into: []) { $0.insert($1.reach) }
    }
}

/// What a right leaves out of the things it reaches.
public struct Limits: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8
    /// The limits of these bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Counts and times, no person's data.
    public static let metadataOnly = Limits(rawValue: 1)
    /// Figures from which no person can be told.
    public static let deidentified = Limits(rawValue: 2)
    /// Some fields, some kinds or some states only, as the matrix' specification says in words.
    public static let part = Limits(rawValue: 4)
    /// Only while the clinic has let somebody of the platform in; an act that changes something honours it
    /// where it is one for them.
    public static let duringSupport = Limits(rawValue: 8)
    /// Of the patients in the holder's care those alone who are treated today.
    public static let today = Limits(rawValue: 16)
    /// All that a handler can leave out; whether support is open is not a handler's to say.
    public static let all: Limits = [.metadataOnly, .deidentified, .part, .today]
    /// Those that leave out members of a row, where the others leave out rows.
    public static let members: Limits = [.metadataOnly, .deidentified, .part]

    /// Each limit alone, with its sign in the matrix and its word in documents.
    static let names: [(letter: Character, word: String, limit: Limits)] = [
        ("m", "metadata", .metadataOnly), ("d", "deidentified", .deidentified), ("~", "part", .part),
        ("*", "support", .duringSupport), ("1", "today", .today),
    ]

    /// The words of its limits.
    public var words: [String] { Self.names.filter { contains($0.limit) }.map(\.word) }

    /// The limits of these words; a word that is none adds nothing.
    public init(words: [String]) {
        self = Self.names.filter { words.contains($0.word) }.reduce(into: []) { $0.insert($1.limit) }
    }
}

/// How far a permission goes.
public struct Right: Hashable, Sendable {
    /// Whose things it extends to.
    public let reach: Reach
    /// What it leaves out.
    public let limits: Limits
    /// Which parts it shows of what it shows a part of; what is of no part is shown anyway.
    public let parts: [String]

    /// A right of this reach, less the limits.
    public init(_ reach: Reach, _ limits: Limits = [], parts: [String] = []) {
        (self.reach, self.limits, self.parts) = (reach, limits, limits.contains(.part) ? parts : [])
    }

    /// Nil for a letter that means nothing, or when no reach is named.
    init?(letters: some StringProtocol) {
        var (reach, limits) = (Reach(), Limits())
        for letter in letters {
            if let one = Reach.names.first(where: { $0.letter == letter }) {
                reach.insert(one.reach)
            } else if let one = Limits.names.first(where: { $0.letter == letter }) {
                limits.insert(one.limit)
            } else {
                return nil
            }
        }
        guard !reach.isEmpty else { return nil }
        self.init(reach, limits)
    }
}
