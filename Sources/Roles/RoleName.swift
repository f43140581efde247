import JSON
public import Shapes
public import Vocabulary

/// Names a role: one of the house's, or one that a clinic has made.
public enum RoleName: Hashable, Sendable {
    /// `receptionist`
    case house(Role)
    /// `own.front-desk`
    case own(Slug)

    static let ownPrefix = "own."

    /// The name; nil for a role that the house does not have.
    public init?(text: String) {
        if text.hasPrefix(Self.ownPrefix) {
            guard let slug = Slug(text: text.dropFirst(Self.ownPrefix.count)) else { return nil }
            self = .own(slug)
        } else {
            guard let role = Role(rawValue: text) else { return nil }
            self = .house(role)
        }
    }

    /// As documents and the audit trail write it.
    public var text: String {
        switch self {
        case .house(let role): role.rawValue
        case .own(let slug): Self.ownPrefix + slug.text
        }
    }

    /// The house's role; nil for a clinic's own.
    public var house: Role? { if case .house(let role) = self { role } else { nil } }
    /// The clinic's word for it; nil for one of the house's.
    public var own: Slug? { if case .own(let slug) = self { slug } else { nil } }
}

extension RoleName: WireText {
    /// A role of the house, or `own.` and a label.
    public static var schema: Schema {
        let house = Role.allCases.map { $0.rawValue.split(separator: ".").joined(separator: "\\.") }
        let pattern = "^(\(house.joined(separator: "|"))|own\\.(?!xn--)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)$"
        return .string(["maxLength": 67, "pattern": .string(pattern), "examples": ["receptionist"]])
    }
    /// For the complaint.
    public static var form: String { "a role such as receptionist or own.front-desk" }
    /// Reads the name.
    public init?(wire text: String) { self.init(text: text) }
    /// The name.
    public var wire: String { text }
}

extension Role {
    /// Whether a clinic may give it to those who work there.
    public var isClinics: Bool {
        !isOutsideClinics && ![.patient, .guardian, .integration, .kiosk, .display].contains(self)
    }

    /// Whoever holds it gives any of the clinic's roles; all others only pass on what they hold themselves.
    public var givesEveryRole: Bool { self == .admin || self == .owner }
}
