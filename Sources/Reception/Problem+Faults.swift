import Database
import EndpointKit
import Vocabulary

extension Problem {
    /// What a caller is told about whatever was thrown. Nothing of a fault's own words reaches them: a
    /// constraint's name, a table, a value are ours to read in the log.
    init(of error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let refusal as Refusal: self = .refused(refusal)
        case let error as DatabaseError: self.init(of: error)
        default: self.init(.internal)
        }
    }

    private init(of error: DatabaseError) {
        switch error {
        case .unavailable(let wait): self = .unavailable(retryAfter: max(1, Int(wait.components.seconds)))
        case .timeout: self = .unavailable(retryAfter: 1)
        case .commitUnknown:
            self.init(
                .unavailable,
                "Whether it was done is not known. Repeat it with the same Idempotency-Key, or look first."
            )
            retryAfter = 1
        case .refused(let state, _, _, _) where Self.passes(state):
            self = .unavailable(retryAfter: 1)
        case .refused, .unreadable: self.init(.internal)
        }
    }

    /// Whether the same statement may well succeed in a moment: the server is short of something, was told to
    /// stop, or two transactions met.
    private static func passes(_ state: SQLState) -> Bool {
        ["08", "40", "53", "57", "58"].contains(state.family) || state == .lockNotAvailable
    }
}
