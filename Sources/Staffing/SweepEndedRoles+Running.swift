import Access
import Database
import JSON
public import JobQueue
import Roles
import Vocabulary

extension SweepEndedRoles {
    /// Takes the roles away with a line in the trail for each, and the job with the same commit.
    public func run(in context: JobContext) async throws -> JobOutcome {
        try await context.finish { clinic in
            for ended in try await GivenRole.sweep(in: clinic) {
                let event = AuditEvent(
                    Permission(.update, .staff), of: "staff_member", ended.person.unique,
                    detail: ["ended": .string(ended.role), "until": .string(ended.until.text)])
                AuditTrail.record(event, bySystemAt: ended.takenAt, in: clinic)
            }
        }
    }
}
