import Database
import EndpointKit

extension WantedAppointment {
    /// Whoever was in the way may have left before we asked who it was: that is worth another try, but not
    /// for ever.
    private static let attempts = 3

    static let unlucky = Problem.conflict(
        "Others are booking the same. Look at what is free and try again.")

    /// Tries to write it down; only when the database refuses is it asked why. Where nothing explains a
    /// refusal, holds may have ended in the meantime: what they still take is cleared away from then on.
    static func trying<Value>(
        _ write: nonisolated(nonsending) (_ isClearing: Bool) async throws -> Value,
        else why: nonisolated(nonsending) () async throws -> Problem?
    ) async throws -> Value {
        for attempt in 1...attempts {
            do {
                return try await write(attempt > 1)
            } catch let error as DatabaseError where isRefusal(error) {
                try raise(await why())
            }
        }
        throw unlucky
    }

    private static func raise(_ problem: Problem?) throws {
        if let problem { throw problem }
    }
}
