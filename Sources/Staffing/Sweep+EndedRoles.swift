import Access
import Database
import JSON
public import JobQueue
import Roles
import Vocabulary

extension Sweep {
    /// Takes away, every hour, roles that were given until a moment that is over, each with a line in the
    /// trail. They hold nothing from that moment on; this is for the reader of the list, and for the trail.
    public static let endedRoles = Sweep("sweep-ended-roles", .hourly) { clinic in
        for ended in try await GivenRole.sweep(in: clinic) {
            let event = AuditEvent(
                Permission(.update, .staff), of: "staff_member", ended.person.unique,
                detail: ["ended": .string(ended.role), "until": .string(ended.until.text)])
            AuditTrail.record(event, bySystemAt: ended.takenAt, in: clinic)
        }
    }
}
