import EndpointKit
import HTTP
import Identity
import JSON
import Roles
import Shapes
import Tenancy
import Vocabulary

extension APIKey {
    /// How many good ones a clinic may have.
    static let most = 50
    /// The days after which a key ends when nobody says otherwise, and the most that it may have.
    static let (daysUsually, daysMost) = (90, 366)

    /// Everything that is wrong with what a key is to be.
    func complaints(at tenant: Tenant) -> [Complaint] {
        var complaints: [Complaint] = []
        for (place, permission) in permissions.enumerated() where !permission.isForPrograms {
            complaints.append(
                Complaint(
                    pointer: "/permissions/\(place)", code: "not_for_programs",
                    detail: "must be one that a program may have; \(permission.name) stays with people"))
        }
        for (place, location) in locations.enumerated() where tenant.location(location) == nil {
            complaints.append(
                Complaint(
                    pointer: "/locations/\(place)", code: "unknown",
                    detail: "must be one of the clinic's locations"))
        }
        for (place, network) in networks.enumerated() where AddressBlock(network) == nil {
            complaints.append(
                Complaint(
                    pointer: "/networks/\(place)", code: "wrong_form",
                    detail: "must be an address or a network such as 203.0.113.0/24"))
        }
        return complaints
    }

    /// Where a key can be read.
    static func path(of id: ID<APIKey>) -> String { "/v1/api-keys/\(id.text)" }

    /// Throws unless the caller holds everything that the key may do, everywhere and for as long. Nothing of
    /// a plugin's is for programs.
    func check(heldBy caller: Caller, until end: Instant, at now: Instant) throws(Problem) {
        let wanted = terms.roles(until: end).reduce(into: Set<PlacedRight>()) {
            $0.formUnion($1.table.placed(at: $1.location, until: $1.until, with: []))
        }
        let missing = wanted.beyond(caller.rights(at: now, with: [])).inOrder
        guard let first = missing.first else { return }
        let more = missing.count > 1 ? " and \(missing.count - 1) more" : ""
        throw Problem(.notAllowed, "Nobody gives a key what they do not hold: \(first.words)\(more).")
    }
}

extension Instant {
    /// So many days later.
    func later(days: Int) -> Instant { self + .seconds(days * 86_400) }
}
