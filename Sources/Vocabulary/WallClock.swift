/// The moment it is now, as a value that tests can set. The system's clock is read where the program starts.
public struct WallClock: Sendable {
    private let read: @Sendable () -> Instant

    /// A clock that answers by this function.
    public init(_ read: @escaping @Sendable () -> Instant) { self.read = read }

    /// The moment it is now.
    public func now() -> Instant { read() }
}
