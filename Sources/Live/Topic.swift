import JSON
public import Records
public import Shapes
public import Tenancy
public import Vocabulary

/// What can be followed.
public enum Topic: Hashable, Sendable {
    /// Every appointment that the caller's role reaches.
    case appointments
    /// Those with one practitioner.
    case practitioner(ID<Practitioner>)
    /// Those at one location.
    case location(ID<Location>)
    /// The caller's own.
    case own
    /// What the caller is notified of.
    case notifications
}

extension Topic: WireText {
    private static let word = "appointments"
    private static let notified = "notifications"

    /// `appointments`, and perhaps whose.
    public static var schema: Schema {
        .string([
            "pattern": .string(
                "^(\(notified)|\(word)(\\.(own|(prc|loc)_[0-7][0-9a-hjkmnp-tv-z]{25}))?)$"),
            "examples": ["appointments", "appointments.own", "notifications"],
        ])
    }

    /// For the complaint.
    public static var form: String {
        "appointments, appointments.own, appointments.prc_…, appointments.loc_… or notifications"
    }

    /// Reads `appointments.prc_…` and the like.
    public init?(wire text: String) {
        if text == Self.notified {
            self = .notifications
            return
        }
        guard text.hasPrefix(Self.word) else { return nil }
        let whose = text.dropFirst(Self.word.count)
        guard !whose.isEmpty else {
            self = .appointments
            return
        }
        guard whose.first == "." else { return nil }
        if let practitioner = ID<Practitioner>(text: whose.dropFirst()) {
            self = .practitioner(practitioner)
        } else if let location = ID<Location>(text: whose.dropFirst()) {
            self = .location(location)
        } else if whose == ".own" {
            self = .own
        } else {
            return nil
        }
    }

    /// `appointments.prc_…`
    public var wire: String {
        switch self {
        case .appointments: Self.word
        case .practitioner(let id): "\(Self.word).\(id.text)"
        case .location(let id): "\(Self.word).\(id.text)"
        case .own: "\(Self.word).own"
        case .notifications: Self.notified
        }
    }
}
