import Database
import EndpointKit

extension WantedAppointment {
    /// Whoever was in the way may have left before we asked who it was: that is worth another try, but not
    /// for ever.
    private static let attempts = 3

    static let unlucky = Problem.conflict(
        "Others are booking the same. Look at what is free and try again.")

    /// Tries to write it down; only when the database refuses is it asked why.
    static func trying<Value>(
        _ write: nonisolated(nonsending) () async throws -> Value,
        else why: nonisolated(nonsending) () async throws -> Problem?
    ) async throws -> Value {
        for _ in 1...attempts {
            do {
                return try await write()
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
