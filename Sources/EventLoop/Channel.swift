import CSystem

/// What a descriptor is ready for, or should be watched for: epoll's own bits.
public struct Readiness: OptionSet, Sendable {
    /// The bits as `epoll_ctl(2)` knows them.
    public let rawValue: UInt32

    /// Any of epoll's bits, including those without a name here.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// There are bytes, a client to accept, or the end of the stream.
    public static let readable = Self(rawValue: EPOLLIN.rawValue)
    /// There is room to write.
    public static let writable = Self(rawValue: EPOLLOUT.rawValue)
    /// The peer will send no more; it may still read.
    public static let peerFinished = Self(rawValue: EPOLLRDHUP.rawValue)
    /// Both directions are closed. Always reported, asked for or not.
    public static let hungUp = Self(rawValue: EPOLLHUP.rawValue)
    /// The descriptor has an error. Always reported, asked for or not.
    public static let failed = Self(rawValue: EPOLLERR.rawValue)
    /// Report changes only: the channel must read and write until the kernel says "again".
    public static let edgeTriggered = Self(rawValue: EPOLLET.rawValue)
    /// Report once, then stay silent until changed.
    public static let once = Self(rawValue: EPOLLONESHOT.rawValue)
}

/// Someone who is told when a descriptor is ready. A class, so that telling is one virtual call.
open class Channel {
    /// Set by the loop; a channel that was unwatched hears no later event of the same batch.
    final var isWatched = false

    /// A channel that nobody watches yet.
    public init() {}

    /// Called on the loop's thread, outside of every task.
    open func ready(_ events: Readiness) {}
}
