import CSystem
import Glibc
import Synchronization

/// What other threads leave for a loop. The first entry wakes it; those that follow find it already woken.
// Unchecked: the mutex guards the entries; the inherited flag belongs to the loop's thread.
final class Inbox: Channel, @unchecked Sendable {
    enum Entry: Sendable {
        case job(UnownedJob)
        case work(@Sendable () -> Void)
    }

    let descriptor = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
    private let entries = Mutex<[Entry]>([])
    private let isFilled = Atomic(false)

    override init() {
        precondition(descriptor >= 0, "eventfd failed: \(errno)")
        super.init()
    }

    deinit { close(descriptor) }

    func put(_ entry: Entry) {
        entries.withLock { $0.append(entry) }
        if !isFilled.exchange(true, ordering: .acquiringAndReleasing) { eventfd_write(descriptor, 1) }
    }

    func takeAll() -> [Entry]? {
        guard isFilled.exchange(false, ordering: .acquiringAndReleasing) else { return nil }
        return entries.withLock { entries in
            let taken = entries
            entries = []
            return taken
        }
    }

    override func ready(_ events: Readiness) {
        var count: eventfd_t = 0
        eventfd_read(descriptor, &count)
    }
}
