import Database
public import JobQueue
import Vocabulary

extension Sweep {
    /// Forgets, once a day, holds that ended more than a day ago, batch by batch, so that no transaction
    /// keeps bookings waiting. Nothing waits for it: an ended hold keeps nobody out. For a day whoever books
    /// too late is told that their hold has ended, and not that there was none.
    public static let endedHolds = Sweep(
        "forget-holds",
        carryingOut: { context in
            let moment = context.enqueuedAt - .seconds(86_400)
            var count = Hold.batch
            while count == Hold.batch {
                count = try await context.clinic.write { clinic in
                    try await clinic.run(Hold.forgetSome(endedBefore: moment, in: clinic.tenant))
                }
            }
            return try await context.finish { _ in }
        })
}
