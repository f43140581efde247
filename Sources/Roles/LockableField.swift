public import Shapes
import Vocabulary

/// What of a role a chain can lock in a template: the clinics that adopt it may narrow a locked field, and
/// never widen it.
public enum LockableField: String, CaseIterable, WireValue, Sendable {
    case bases, adds, removes, conditions, until
}

extension RoleDefinition {
    /// The locked fields in which it is wider than the template: field by field, so that whoever made it can
    /// be told where.
    public func widened(beyond template: RoleDefinition, in locked: [LockableField]) -> [LockableField] {
        LockableField.allCases.filter { locked.contains($0) && !isAsNarrow($0, as: template) }
    }

    /// The same as a clinic has it that made it out of `before`, once the template has become `after`: what
    /// the clinic has not touched follows the template, what it has changed stays, and of a locked field only
    /// as much as is no wider than the template.
    public func following(
        _ after: RoleDefinition, from before: RoleDefinition, locked: [LockableField]
    ) -> RoleDefinition {
        var merged = self
        for field in LockableField.allCases {
            if isSame(field, as: before) {
                merged.take(field, from: after)
            } else if locked.contains(field) {
                merged.narrow(field, to: after)
            }
        }
        return merged
    }

    private func isSame(_ field: LockableField, as other: RoleDefinition) -> Bool {
        switch field {
        case .bases: Set(bases) == Set(other.bases)
        case .adds: Set(adds) == Set(other.adds)
        case .removes: Set(removes) == Set(other.removes)
        case .conditions: Set(conditions) == Set(other.conditions)
        case .until: until == other.until
        }
    }

    private func isAsNarrow(_ field: LockableField, as template: RoleDefinition) -> Bool {
        switch field {
        case .bases: Set(bases).isSubset(of: template.bases)
        case .adds: adds.allSatisfy(template.covers)
        case .removes: Set(removes).isSuperset(of: template.removes)
        case .conditions: template.conditions.allSatisfy(implies)
        case .until: template.until.map { limit in until.map { $0 <= limit } ?? false } ?? true
        }
    }

    private mutating func take(_ field: LockableField, from other: RoleDefinition) {
        switch field {
        case .bases: bases = other.bases
        case .adds: adds = other.adds
        case .removes: removes = other.removes
        case .conditions: conditions = other.conditions
        case .until: until = other.until
        }
    }

    /// A role is made of something: where none of its bases is left it takes the template's.
    private mutating func narrow(_ field: LockableField, to template: RoleDefinition) {
        switch field {
        case .bases:
            let left = bases.filter(template.bases.contains)
            bases = left.isEmpty ? template.bases : left
        case .adds: adds = adds.filter(template.covers)
        case .removes: removes += template.removes.filter { !removes.contains($0) }
        case .conditions: conditions += template.conditions.filter { !implies($0) }
        case .until: until = [until, template.until].compactMap(\.self).min()
        }
    }

    private func covers(_ added: AddedRight) -> Bool { adds.contains { $0.covers(added) } }

    private func implies(_ condition: Condition) -> Bool { conditions.contains { $0.implies(condition) } }
}

extension AddedRight {
    /// Whether whoever has this one gains nothing by the other.
    func covers(_ other: AddedRight) -> Bool {
        permission == other.permission && (reach == .tenant || reach == other.reach)
            && right.limits.isSubset(of: other.right.limits)
            && (!right.limits.contains(.part) || Set(right.parts).isSuperset(of: other.right.parts))
    }
}

extension Condition {
    /// Whether the other one holds wherever this one does.
    func implies(_ other: Condition) -> Bool {
        kind == other.kind && Set(values).isSubset(of: other.values)
    }
}
