import Database
import Synchronization
import Telemetry

/// What workers say of a database that is away: one line when it goes, one when it is back, however many of
/// them try and fail in between. Any other fault is told each time.
final class OutageLog: Sendable {
    private let log: Log
    private let isAway = Atomic(false)

    init(_ log: Log) { self.log = log }

    /// Something did not work.
    func note(_ what: StaticString, _ error: any Error) {
        guard (error as? DatabaseError)?.isAbsence == true else {
            return log.warning(what, ["fault": .fault("\(error)")])
        }
        guard !isAway.exchange(true, ordering: .relaxed) else { return }
        log.warning("jobs wait: the database does not answer", ["fault": .fault("\(error)")])
    }

    /// The database has answered, and more than a moment's try.
    func over() {
        guard isAway.exchange(false, ordering: .relaxed) else { return }
        log.notice("jobs are carried out again: the database answers")
    }
}

extension DatabaseError {
    /// Nothing was wrong with what was asked: nobody was there to answer, or not for long enough.
    fileprivate var isAbsence: Bool {
        switch self {
        case .unavailable, .timeout, .commitUnknown: true
        case .refused(let state, _, _, _): ["08", "53", "57"].contains(state.family)
        case .unreadable: false
        }
    }
}
