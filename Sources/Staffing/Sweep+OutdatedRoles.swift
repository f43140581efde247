import Database
public import JobQueue
import Outbox

extension Sweep {
    /// Tells, every hour, whoever runs the clinic of roles that are behind their chain's templates: once for
    /// each version. The chain publishes at one clinic, and no clinic writes another's rows: so each looks.
    public static let outdatedRoles = Sweep("tell-outdated-roles", .hourly) { clinic in
        let outdated: [OutdatedRole] = try await clinic.rows(OutdatedRole.tell(in: clinic.tenant))
        for role in outdated { Outbox.record(RoleOutdated(role: role), in: clinic) }
    }
}
