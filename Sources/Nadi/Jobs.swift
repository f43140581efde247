import Auditing
import JobQueue
import Reception
import SignIn
import Staffing

/// What each kind of job does, room by room.
func jobHandlers(_ mode: Configuration.Mode, _ messages: Messages, _ sealer: AuditSealer) -> JobHandlers {
    var handlers = JobHandlers()
    handlers.on(SweepIdempotencyKeys.self) { job, context in try await job.run(in: context) }
    handlers.on(SweepEndedRoles.self) { job, context in try await job.run(in: context) }
    handlers.on(ForgetHistory.self) { job, context in try await job.run(in: context) }
    handlers.on(ForgetSignIns.self) { job, context in try await job.run(in: context) }
    messages.register(in: &handlers)
    sealer.register(in: &handlers)
    if mode == .development { handlers.on(Probe.self) { job, context in try await job.run(in: context) } }
    return handlers
}
