import Database
import EventLoop
import Glibc
import Testing

extension JourneyHouse {
    /// Waits until what was changed behind the server's back has been heard.
    func settle() async throws { try await hearing.everything() }
}

/// How far the server has listened.
struct Hearing: Sendable {
    private let notifications: Notifications
    private let loops: [EventLoop]

    init(of database: Database, on loops: [EventLoop]) {
        (notifications, self.loops) = (database.notifications, loops)
    }

    /// A pulse that is asked for from now on comes behind everything that was said before; whoever was handed
    /// that has dealt with it when their loop comes to what it is asked after it.
    func everything() async throws {
        let moment = Self.now + 1
        let pulse = await notifications.subscribe(to: "identity_changed", withPulse: true).first { notice in
            if case .pulse(let asked) = notice { asked >= moment } else { false }
        }
        #expect(pulse != nil, "the server listens no more")
        for loop in loops + loops { try await loop.perform {} }
    }

    /// In milliseconds, as the loops count.
    private static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
    }
}
