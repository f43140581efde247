import Access
import Database
import EndpointKit
import Identity
import JSON
import Reception
import Tenancy
import Vocabulary

/// Ending all sign-ins of somebody else.
struct Dismissal {
    let person: Person

    init(of person: Person) { self.person = person }

    /// Throws where the clinic never knew them. The line in the trail says `detail` as well.
    func carryOut<A: Act>(
        _ permit: Permit<A>, of subject: String, in clinic: borrowing Transaction, detail: JSONObject = [:]
    ) async throws -> EndedSessions {
        let _: Bool = try await clinic.found(person.exists(in: clinic.tenant))
        let count = try await clinic.run(
            Session.endAll(of: person, but: nil, because: .dismissed, at: permit.now, in: clinic.tenant))
        var detail = detail
        detail["sessions_ended"] = .integer(Int64(count))
        AuditTrail.record(
            AuditEvent(A.permission, of: subject, person.id, detail: detail), by: permit, in: clinic)
        return EndedSessions(count: count)
    }
}
