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

    /// The reaches that a handler needs no knowledge of the row to honour: it reads within one clinic anyway,
    /// and compares locations.
    public static let clinic: Reach = [.platform, .organisation, .tenant, .location, .everyone]
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
    /// Only while the clinic has a support session open.
    public static let duringSupport = Limits(rawValue: 8)
}
