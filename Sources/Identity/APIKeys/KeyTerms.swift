import Roles
import Tenancy
public import Vocabulary

/// What a key is for: to do what, where, and from where.
public struct KeyTerms: Sendable {
    let permissions: [Permission]
    let locations: [ID<Location>]
    let networks: [String]

    /// Everything that it is for until then, as roles: one for the clinic, or one at each of its locations.
    public func roles(until end: Instant) -> [Caller.HeldRole] {
        places.map { role(permissions, at: $0, until: end) }
    }

    /// The same as far as whoever answers for the key holds it at that moment: what they were not given, what
    /// they no longer hold and what they hold under a condition that is not the key's is left out, and what
    /// ends for them ends for the key.
    func roles(until end: Instant, within held: Set<PlacedRight>, at now: Instant) -> [Caller.HeldRole] {
        let known = Dictionary(grouping: held, by: \.permission)
        return places.flatMap { place in
            var ends: [Instant: [Permission]] = [:]
            for permission in permissions {
                guard let until = self.end(of: permission, at: place, within: known[permission] ?? [], now)
                else { continue }
                ends[min(until, end), default: []].append(permission)
            }
            return ends.sorted { $0.key < $1.key }.map { role($0.value, at: place, until: $0.key) }
        }
    }

    /// Until when somebody with these rights holds a permission there; nil where they do not hold it now.
    private func end(
        of permission: Permission, at place: ID<Location>?, within held: [PlacedRight], _ now: Instant
    ) -> Instant? {
        let wanted = PlacedRight(
            permission: permission, extent: place.map(Extent.location) ?? .wholeClinic, limits: [], parts: [],
            conditions: Set(conditions), until: now)
        return held.filter { $0.covers(wanted) }.map { $0.until ?? Instant.range.upperBound }.max()
    }

    private func role(
        _ permissions: [Permission], at place: ID<Location>?, until end: Instant
    ) -> Caller.HeldRole {
        let table = RightTable(
            permissions, to: locations.isEmpty ? .tenant : .location, under: conditions)
        return Caller.HeldRole(.house(.integration), table, at: place, until: end)
    }

    private var places: [ID<Location>?] { locations.isEmpty ? [nil] : locations.map(Optional.some) }

    private var conditions: [Condition] { networks.isEmpty ? [] : [Condition(networks: networks)] }
}
