import EndpointKit
import Roles
import Shapes
import Tenancy
import Vocabulary

extension RoleDefinition {
    /// Throws what can only be known to be wrong where and when it is made: an end that is past, and
    /// permissions that none of these plugins declares.
    func check(at now: Instant, with plugins: [ClinicPlugin]) throws(Problem) {
        var complaints = undeclared(among: plugins)
        if let until, until <= now {
            complaints.append(
                Complaint(
                    pointer: "/definition/until", code: "not_later", detail: "must be later than now"))
        }
        guard complaints.isEmpty else { throw .invalidInput(complaints) }
    }

    private func undeclared(among plugins: [ClinicPlugin]) -> [Complaint] {
        let named =
            adds.enumerated().map { ("/adds/\($0)/permission", $1.permission) }
            + removes.enumerated().map { ("/removes/\($0)", $1) }
        return named.filter { !$1.isDeclared(by: plugins) }.map { place, _ in
            Complaint(
                pointer: "/definition" + place, code: "unknown",
                detail: "must be the house's, or a plugin's that is used here")
        }
    }
}
