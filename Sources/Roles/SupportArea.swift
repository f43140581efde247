public import Shapes
import Vocabulary

/// What a clinic lets somebody of the platform look at: what the matrix gives them only during support.
public enum SupportArea: String, CaseIterable, WireValue, Sendable {
    case configuration
    case schedule
    /// That somebody comes; never who, or why.
    case appointments
    case queue
    /// That something was done; never to whom.
    case audit

    var subject: Subject {
        switch self {
        case .configuration: .configuration
        case .schedule: .schedule
        case .appointments: .appointments
        case .queue: .queue
        case .audit: .audit
        }
    }
}

extension RightTable {
    /// What somebody of the platform may do at a clinic that has let them in: of the matrix what the areas
    /// are about, and what holds at any time.
    ///
    /// Where they may write, they may change what they see whole, as far as the acts say that they are for
    /// support: most of what sets a clinic up could let somebody else in, and is not.
    public static func support(in areas: [SupportArea], mayWrite: Bool) -> RightTable {
        let subjects = Set(areas.map(\.subject)), whole = RoleMatrix.table(of: .support)
        return RightTable(
            Permission.all.map { permission in
                guard case .house(let deed, let subject) = permission else { return [] }
                let isOpen = subjects.contains(subject)
                if deed == .update, isOpen, mayWrite {
                    return whole[Permission(.read, subject)].filter { $0.limits == .duringSupport }
                }
                return whole[permission].compactMap { $0.duringSupport(isOpen: isOpen) }
            })
    }
}

extension Right {
    /// The right while support is open for what it is about, or while it is not.
    fileprivate func duringSupport(isOpen: Bool) -> Right? {
        guard limits.contains(.duringSupport) else { return self }
        return isOpen ? Right(reach, limits.subtracting(.duringSupport), parts: parts) : nil
    }
}
