/// How a try ended, said by the handler as a value. An error thrown instead is a failed try.
public struct JobOutcome: Sendable, Equatable {
    enum Verdict: Sendable, Equatable {
        /// Still to be taken away by the worker, together with others.
        case done
        /// Taken away already, in the transaction of its effects.
        case finished
        case later(Duration, String)
        case dropped(String)
    }

    let verdict: Verdict

    /// It is done and leaves.
    public static let done = JobOutcome(verdict: .done)
    static let finished = JobOutcome(verdict: .finished)

    /// Not now, through nobody's fault: after quiet hours, or when the other side said. Costs none of its
    /// tries.
    public static func later(_ delay: Duration, because reason: String) -> JobOutcome {
        JobOutcome(verdict: .later(delay, reason))
    }

    /// There is nothing left to do: what it was about has changed. It leaves, and is counted as dropped.
    public static func drop(because reason: String) -> JobOutcome {
        JobOutcome(verdict: .dropped(reason))
    }
}

/// A fault that another try cannot mend: the job is parked at once, with this reason.
public struct HopelessJob: Error, Sendable, CustomStringConvertible {
    /// Why; it holds no word of a person's.
    public let reason: String

    /// A fault with its reason.
    public init(_ reason: String) { self.reason = reason }

    /// The reason.
    public var description: String { reason }
}
