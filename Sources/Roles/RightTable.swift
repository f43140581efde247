import PluginKit
public import Tenancy
public import Vocabulary

/// What one role allows, worked out once: for each permission its rights, and the conditions under which all
/// of them hold.
///
/// An immutable value that callers share; asking it is a look into an array.
public struct RightTable: Hashable, Sendable {
    private let rights: [[Right]]
    /// The built-in roles that it is made of: what plugins suggest to them it allows as well.
    private let bases: [Role]
    /// What it allows besides of what plugins declare.
    private let added: [PluginPermission.Name: [Right]]
    /// Permissions that were taken out of the role by name; a reader of an explanation wants to know.
    let removed: Set<Permission>
    /// All must hold, or nothing is allowed.
    public let conditions: [Condition]
    /// Until when the role itself allows anything; nil for good.
    let until: Instant?

    /// Allows nothing.
    public static let nothing = RightTable(noRights)
    private static let noRights = [[Right]](repeating: [], count: Permission.count)

    init(
        _ rights: [[Right]], of bases: [Role] = [], added: [PluginPermission.Name: [Right]] = [:],
        removed: Set<Permission> = [], conditions: [Condition] = [], until end: Instant? = nil
    ) {
        (self.rights, self.bases, self.added, self.removed) = (rights, bases, added, removed)
        (self.conditions, until) = (conditions, end)
    }

    /// What an emergency allows with the one record that was opened: to read it; no list, no export, no
    /// change.
    public static let emergency: RightTable = {
        var rights = noRights
        let subjects: [Subject] = [
            .demographics, .appointments, .clinicalNotes, .specialtyNotes, .prescriptions, .laboratory,
        ]
        for subject in subjects {
            if let place = Permission(.read, subject).index { rights[place] = [Right(.opened)] }
        }
        return RightTable(rights)
    }()

    /// What a clinic's role allows. Taking out wins over its bases and over what it adds.
    public init(_ definition: RoleDefinition) {
        let bases = definition.bases.filter(\.isClinics)
        var rights = bases.reduce(Self.noRights) { zip($0, RoleMatrix.table(of: $1).rights).map(+) }
        var added: [PluginPermission.Name: [Right]] = [:]
        for each in definition.adds {
            switch each.permission {
            case .plugin(let name): added[name, default: []].append(each.right)
            case .house: if let place = each.permission.index { rights[place].append(each.right) }
            }
        }
        for place in definition.removes.compactMap(\.index) { rights[place] = [] }
        self.init(
            rights.map(Self.reduced), of: bases, added: added, removed: Set(definition.removes),
            conditions: definition.conditions, until: definition.until)
    }

    /// What a list of the house's permissions allows, each as far as `reach` and with nothing left out, while
    /// all of the conditions hold.
    public init(_ permissions: [Permission], to reach: Reach, under conditions: [Condition] = []) {
        var rights = Self.noRights
        for place in permissions.compactMap(\.index) { rights[place] = [Right(reach)] }
        self.init(rights, conditions: conditions)
    }

    /// The rights to do something of the house's: none for what is not written.
    subscript(permission: Permission) -> [Right] { permission.index.map { rights[$0] } ?? [] }

    /// The rights to do something at a clinic that has these plugins: none for what is not written, nor for
    /// what none of them declares.
    public func rights(to permission: Permission, with plugins: [ClinicPlugin]) -> [Right] {
        guard case .plugin(let name) = permission else { return self[permission] }
        return plugins.permission(named: name).map(rights) ?? []
    }

    private func rights(to declared: PluginPermission) -> [Right] {
        guard !removes(.plugin(declared.name)) else { return [] }
        let suggested = declared.suggestions.filter { bases.contains($0.role) }.map(\.right)
        return Self.reduced(suggested + (added[declared.name] ?? []))
    }

    /// Whether the role was told not to allow it, whatever its bases do.
    public func removes(_ permission: Permission) -> Bool { removed.contains(permission) }

    /// Every right with its permission: those of the house in the order of the matrix, then the plugins'.
    public func all(with plugins: [ClinicPlugin]) -> [(permission: Permission, right: Right)] {
        let declared = plugins.flatMap(\.permissions).map { Permission.plugin($0.name) }
        return (Permission.all + declared).flatMap { permission in
            rights(to: permission, with: plugins).map { (permission, $0) }
        }
    }

    /// Where the rights hold when the role is given at a location, or in the whole clinic, until then, and
    /// the clinic has these plugins.
    public func placed(
        at location: ID<Location>?, until end: Instant?, with plugins: [ClinicPlugin]
    ) -> Set<PlacedRight> {
        all(with: plugins).reduce(into: []) { $0.formUnion(placed($1, at: location, until: end)) }
    }

    /// What the role names of plugins that the clinic does not have: nothing today, and something on the day
    /// on which it has them. Whoever passes the role on answers for it today.
    public func dormant(
        at location: ID<Location>?, until end: Instant?, without plugins: [ClinicPlugin]
    ) -> Set<PlacedRight> {
        let names = added.keys.filter { plugins.permission(named: $0) == nil && !removes(.plugin($0)) }
        return names.reduce(into: []) { dormant, name in
            for right in added[name] ?? [] {
                dormant.formUnion(placed((.plugin(name), right), at: location, until: end))
            }
        }
    }

    /// The earlier of the role's own end and the one that it was given until.
    public func end(by given: Instant?) -> Instant? {
        guard let until, let given else { return until ?? given }
        return min(until, given)
    }

    private func placed(
        _ line: (permission: Permission, right: Right), at location: ID<Location>?, until end: Instant?
    ) -> Set<PlacedRight> {
        let extents = Extent.all(of: line.right.reach, at: location)
        return Set(
            extents.map { extent in
                PlacedRight(
                    permission: line.permission, extent: extent, limits: line.right.limits,
                    parts: Set(line.right.parts), conditions: Set(conditions), until: self.end(by: end))
            })
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

extension PluginPermission.Suggestion {
    var right: Right { Right(Reach(words: [reach.rawValue])) }
}
