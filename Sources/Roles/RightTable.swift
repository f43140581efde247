public import Tenancy
public import Vocabulary

/// What one role allows, worked out once: for each permission its rights, and the conditions under which all
/// of them hold.
///
/// An immutable value that callers share; asking it is a look into an array.
public struct RightTable: Hashable, Sendable {
    private let rights: [[Right]]
    /// Permissions that were taken out of the role by name; a reader of an explanation wants to know.
    let removed: Set<Permission>
    /// All must hold, or nothing is allowed.
    public let conditions: [Condition]

    /// Allows nothing.
    public static let nothing = RightTable([[Right]](repeating: [], count: Permission.count))

    init(_ rights: [[Right]], removed: Set<Permission> = [], conditions: [Condition] = []) {
        (self.rights, self.removed, self.conditions) = (rights, removed, conditions)
    }

    /// What an emergency allows with the one record that was opened: to read it; no list, no export, no
    /// change.
    public static let emergency: RightTable = {
        var rights = nothing.rights
        let subjects: [Subject] = [
            .demographics, .appointments, .clinicalNotes, .specialtyNotes, .prescriptions, .laboratory,
        ]
        for subject in subjects { rights[Permission(.read, subject).index] = [Right(.opened)] }
        return RightTable(rights)
    }()

    /// What a clinic's role allows. Taking out wins over its bases and over what it adds.
    public init(_ definition: RoleDefinition) {
        var rights = [[Right]](repeating: [], count: Permission.count)
        for base in definition.bases where base.isClinics {
            rights = zip(rights, RoleMatrix.table(of: base).rights).map(+)
        }
        for added in definition.adds { rights[added.permission.index].append(added.right) }
        for permission in definition.removes { rights[permission.index] = [] }
        self.init(
            rights.map(Self.reduced), removed: Set(definition.removes), conditions: definition.conditions)
    }

    /// What a list of permissions allows, each as far as `reach` and with nothing left out, while all of the
    /// conditions hold.
    public init(_ permissions: [Permission], to reach: Reach, under conditions: [Condition] = []) {
        var rights = [[Right]](repeating: [], count: Permission.count)
        for permission in permissions { rights[permission.index] = [Right(reach)] }
        self.init(rights, conditions: conditions)
    }

    /// The rights to do something: none for what is not written.
    public subscript(permission: Permission) -> [Right] { rights[permission.index] }

    /// Whether the role was told not to allow it, whatever its bases do.
    public func removes(_ permission: Permission) -> Bool { removed.contains(permission) }

    /// Every right with its permission, in the order of the matrix.
    public var all: [(permission: Permission, right: Right)] {
        Permission.all.flatMap { permission in self[permission].map { (permission, $0) } }
    }

    /// Where the rights hold when the role is given at a location, or in the whole clinic, until then.
    public func placed(at location: ID<Location>?, until end: Instant?) -> Set<PlacedRight> {
        var placed: Set<PlacedRight> = []
        for (permission, right) in all {
            for extent in Extent.all(of: right.reach, at: location) {
                placed.insert(
                    PlacedRight(
                        permission: permission, extent: extent, limits: right.limits,
                        parts: Set(right.parts), conditions: Set(conditions), until: end))
            }
        }
        return placed
    }

    /// Of two rights to the same, one of which says everything that the other says, the wider one.
    private static func reduced(_ rights: [Right]) -> [Right] {
        var kept: [Right] = []
        for right in rights
        where !kept.contains(where: {
            $0.says(right)
        }) {
            kept.removeAll { right.says($0) }
            kept.append(right)
        }
        return kept
    }
}

extension Right {
    /// Whether whoever has this right has the other as well.
    fileprivate func says(_ other: Right) -> Bool {
        reach.isSuperset(of: other.reach) && limits.isSubset(of: other.limits)
            && (!limits.contains(.part) || Set(parts).isSuperset(of: other.parts))
    }
}
