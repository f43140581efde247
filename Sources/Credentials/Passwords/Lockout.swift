public import Vocabulary

/// How long whoever has guessed wrong waits before they are heard again. It grows, and it ends: nobody can
/// keep anybody out for good.
public struct Lockout: Hashable, Sendable {
    /// After so long without a wrong guess nothing is held against anybody.
    public static let forgets = Duration.seconds(24 * 3600)
    /// So many guesses are everybody's own clumsiness.
    static let free = 5

    /// Nobody is heard before.
    public let until: Instant?

    /// Nobody is heard until then.
    public init(until: Instant?) { self.until = until }

    /// How long the wait is after that many wrong guesses: 1, 5, then 15 minutes.
    public static func wait(after failures: Int) -> Duration? {
        switch failures {
        case ..<free: nil
        case free: .seconds(60)
        case free + 1: .seconds(300)
        default: .seconds(900)
        }
    }

    /// Seconds until the next guess is heard; nil when it is heard now.
    public func secondsLeft(at now: Instant) -> Int? {
        guard let until, now < until else { return nil }
        return Int((until - now).components.seconds) + 1
    }
}
