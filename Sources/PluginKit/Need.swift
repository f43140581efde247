public import Vocabulary

/// One thing that must be free for a visit to take place, and how long around the visit itself.
///
/// Buffers widen the reservation of this thing alone: a room that is being cleaned keeps no practitioner
/// waiting.
public struct Need: Hashable, Sendable {
    /// What kind of thing.
    public enum Kind: Hashable, Sendable {
        /// A staff member who has one of these roles.
        case practitioner(Set<Role>)
        /// A room of this tag at the location.
        case room(String)
        /// A device of this tag at the location.
        case equipment(String)
        /// A place among several, of this tag, at the location.
        case seat(String)
    }

    /// What kind of thing.
    public let kind: Kind
    /// How many of them, all different.
    public let count: Int
    /// How long before the visit it is already taken.
    public let before: Duration
    /// How long after the visit it is still taken.
    public let after: Duration

    /// Someone with one of these roles.
    public static func practitioner(
        _ roles: Role..., count: Int = 1, before: Duration = .zero, after: Duration = .zero
    ) -> Need {
        Need(kind: .practitioner(Set(roles)), count: count, before: before, after: after)
    }

    /// A room, by what clinics tag such rooms with.
    public static func room(_ tag: String, before: Duration = .zero, after: Duration = .zero) -> Need {
        Need(kind: .room(tag), count: 1, before: before, after: after)
    }

    /// A device, by what clinics tag such devices with.
    public static func equipment(_ tag: String, before: Duration = .zero, after: Duration = .zero) -> Need {
        Need(kind: .equipment(tag), count: 1, before: before, after: after)
    }

    /// A place in a group, by what clinics tag such places with.
    public static func seat(_ tag: String) -> Need {
        Need(kind: .seat(tag), count: 1, before: .zero, after: .zero)
    }

    /// What the clinic's resources must be tagged with; nil for people, who are found by role.
    public var tag: String? {
        switch kind {
        case .practitioner: nil
        case .room(let tag), .equipment(let tag), .seat(let tag): tag
        }
    }
}
