public import Shapes
public import Tenancy
public import Vocabulary

/// The published matrix: what each built-in role allows, what plugins add to them, what a role can depend on,
/// and which duties stay apart. A test holds it against what the server does.
public struct MatrixDocument: Output {
    let roles = Role.allCases.map(BuiltInRole.init)
    let plugins: [PluginRights]
    let conditions = ConditionKind.allCases.map(KnownCondition.init)
    let duties = SeparatedDuty.all

    /// The matrix where these plugins are: a clinic's, or all that are installed.
    public init(with plugins: [ClinicPlugin]) {
        self.plugins = plugins.filter { !$0.permissions.isEmpty }.map(PluginRights.init)
    }

    /// The answer's members.
    public static let shape = OutputShape<MatrixDocument> {
        Out("roles", "The built-in roles.") { $0.roles }
        Out("plugins", "What the specialties declare beside the house's permissions.") { $0.plugins }
        Out("conditions", "What a clinic's role can be made to depend on.") { $0.conditions }
        Out("separated_duties", "What must not be one person's.") { $0.duties }
    }
}

/// A built-in role as it is published.
public struct BuiltInRole: Output {
    /// Which.
    public let role: Role

    init(_ role: Role) { self.role = role }

    /// The answer's members.
    public static let shape = OutputShape<BuiltInRole> {
        Out("role", "Its name.") { $0.role }
        Out("given_by_clinics", "Whether a clinic can give it to those who work there.") { $0.role.isClinics }
        Out("rights", "What it allows; what is not here is denied.") {
            RoleMatrix.table(of: $0.role).all(with: []).map(MatrixRight.init)
        }
    }
}

/// One right of a role.
public struct MatrixRight: Output {
    let permission: Permission
    let right: Right

    /// A right to do this.
    public init(_ permission: Permission, _ right: Right) {
        (self.permission, self.right) = (permission, right)
    }

    /// The answer's members.
    public static let shape = OutputShape<MatrixRight> {
        Out("permission", "To do what.") { $0.permission }
        Out("reach", "Whose things it extends to, the widest first.", example: ["location"]) {
            $0.right.reach.words
        }
        Out("limits", "What it leaves out.", example: ["metadata"]) { $0.right.limits.words }
        Out("parts", "Of a right to a part: which parts it shows; see `x-part`.", example: ["identity"]) {
            $0.right.parts
        }
    }
}

/// A condition as it is published.
public struct KnownCondition: Output {
    let kind: ConditionKind

    init(_ kind: ConditionKind) { self.kind = kind }

    /// The answer's members.
    public static let shape = OutputShape<KnownCondition> {
        Out("kind", "What is looked at.") { $0.kind }
        Out("is_known", "Whether it can be judged yet; a role under one that cannot allows nothing.") {
            $0.kind.isKnown
        }
        Out("example", "How a value is written.", example: "mon-fri 08:00-18:00") { $0.kind.example }
    }
}

extension SeparatedDuty: Output {
    /// The answer's members.
    public static let shape = OutputShape<SeparatedDuty> {
        Out("words", "For people.", example: "asking for a refund and approving it") { $0.words }
        Out("kept_by", "`role`: no clinic's role joins them. `deed`: two persons do them to one thing.") {
            $0.keeper.rawValue
        }
        Out("first", "One of these …") { $0.first }
        Out("second", "… and one of those.") { $0.second }
    }
}

extension PlacedRight: Output {
    /// The answer's members.
    public static let shape = OutputShape<PlacedRight> {
        Out("permission", "To do what.") { $0.permission }
        Out("extent", "Where in the clinic.", example: "location") { $0.extent.word }
        Out("location", "At which location, where it is one.") { $0.extent.location }
        Out("limits", "What it leaves out.", example: ["metadata"]) { $0.limits.words }
        Out("parts", "Of a right to a part: which parts it shows.") { $0.parts.sorted() }
        Out("conditions", "What it depends on.") { $0.conditions.map(\.kind.rawValue).sorted() }
        Out("until", "Until when; null for good.") { $0.until }
    }
}

extension Set where Element == PlacedRight {
    /// In the order of the matrix, so that two lists of the same rights are the same text.
    public var inOrder: [PlacedRight] {
        let places = Dictionary(uniqueKeysWithValues: Permission.all.enumerated().map { ($1, $0) })
        return sorted { left, right in
            let (one, other) = (places[left.permission] ?? .max, places[right.permission] ?? .max)
            return one == other ? left.order < right.order : one < other
        }
    }
}

extension PlacedRight {
    fileprivate var order: String {
        [
            permission.name, extent.word, extent.location?.text ?? "", limits.words.joined(),
            parts.sorted().joined(),
            until?.text ?? "",
            conditions.map { $0.kind.rawValue + $0.values.joined() }.sorted().joined(),
        ].joined(separator: " ")
    }
}
