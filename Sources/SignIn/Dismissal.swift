import Access
import Database
import EndpointKit
import Identity
import JSON
import Tenancy
import Vocabulary

/// Ending all sign-ins of somebody else.
struct Dismissal {
    let person: Person

    init(of person: Person) { self.person = person }

    func carryOut<A: Act>(_ permit: Permit<A>, of subject: String) async throws -> EndedSessions {
        try await permit.clinic.write { clinic in
            let known: Bool? = try await clinic.row(person.exists(in: clinic.tenant))
            guard known != nil else { throw Problem.notFound }
            let count = try await clinic.run(
                Session.endAll(of: person, but: nil, because: .dismissed, at: permit.now, in: clinic.tenant))
            AuditTrail.record(
                AuditEvent(
                    A.permission, of: subject, person.id, detail: ["sessions_ended": .integer(Int64(count))]),
                by: permit, in: clinic)
            return EndedSessions(count: count)
        }
    }
}
