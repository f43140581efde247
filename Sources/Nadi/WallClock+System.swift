import Glibc
import Vocabulary

extension WallClock {
    /// The machine's clock. The only place that reads it for what the product calls now.
    static let system = WallClock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}
