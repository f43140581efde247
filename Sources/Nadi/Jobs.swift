import Access
import Auditing
import Credentials
import Federation
import Integrations
import Invitations
import JobQueue
import Notices
import Reception
import Scheduling
import SignIn
import Staffing
import Telemetry
import Trust

/// What each kind of job does, room by room.
func jobHandlers(
    _ mode: Configuration.Mode, _ messages: Messages, _ sealer: AuditSealer, _ metrics: Metrics
) -> JobHandlers {
    let unread = metrics.counter(
        "nadi_outbox_unread_forgotten_total",
        "Events that were forgotten although some reader had not read them.")
    var handlers = JobHandlers()
    let sweeps: [Sweep] = [
        .expiredAnswers, .endedRoles, .outdatedRoles, .endedHolds, .oldCredentials, .oldProgramCodes,
        .oldInvitations,
        .endedKeys, .oldSecurityEvents, .endedSignIns,
        .history(counting: unread) { try await EventRelay.place(in: $0) },
    ]
    for sweep in sweeps { handlers.on(sweep) }
    handlers.on(EndSupportInTime.self) { job, context in try await job.run(in: context) }
    messages.register(in: &handlers)
    sealer.register(in: &handlers)
    if mode == .development { handlers.on(Probe.self) { job, context in try await job.run(in: context) } }
    return handlers
}
