import CSystem
import Glibc

/// epoll, and the promise that a channel outlives the batch of events in which it was removed.
final class Poller {
    private static let batchMax = 256

    private let descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
    private let events = UnsafeMutableBufferPointer<epoll_event>.allocate(capacity: batchMax)
    private var arrived = 0
    private var removed: [Channel] = []

    init() { precondition(descriptor >= 0, "epoll_create1 failed: \(errno)") }

    deinit {
        close(descriptor)
        events.deallocate()
    }

    func add(_ fd: Int32, _ interest: Readiness, _ channel: Channel) {
        precondition(!channel.isWatched, "A channel watches one descriptor at a time.")
        channel.isWatched = true
        control(EPOLL_CTL_ADD, fd, interest, Unmanaged.passRetained(channel).toOpaque())
    }

    func change(_ fd: Int32, _ interest: Readiness, _ channel: Channel) {
        control(EPOLL_CTL_MOD, fd, interest, Unmanaged.passUnretained(channel).toOpaque())
    }

    func remove(_ fd: Int32, _ channel: Channel) {
        guard channel.isWatched else { return }
        channel.isWatched = false
        control(EPOLL_CTL_DEL, fd, [], nil)
        // An event that points to the channel may be waiting in this batch.
        removed.append(Unmanaged.passUnretained(channel).takeRetainedValue())
    }

    func wait(milliseconds: Int32) {
        removed.removeAll(keepingCapacity: true)
        arrived = Int(max(0, epoll_wait(descriptor, events.baseAddress, Int32(Self.batchMax), milliseconds)))
    }

    func deliver() {
        for event in events[..<arrived] {
            guard let pointer = event.data.ptr else { continue }
            Unmanaged<Channel>.fromOpaque(pointer)._withUnsafeGuaranteedRef { channel in
                if channel.isWatched { channel.ready(Readiness(rawValue: event.events)) }
            }
        }
    }

    private func control(
        _ what: Int32, _ fd: Int32, _ interest: Readiness, _ pointer: UnsafeMutableRawPointer?
    ) {
        var event = epoll_event(events: interest.rawValue, data: epoll_data_t(ptr: pointer))
        let result = epoll_ctl(descriptor, what, fd, &event)
        precondition(result == 0, "epoll_ctl(\(what), \(fd)) failed: \(errno)")
    }
}
