import Glibc

/// How far a long piece of work has come: one line that is drawn over itself while a person watches, nothing
/// otherwise.
public struct Progress {
    private let title: String
    private let total: Int
    private let terminal: Terminal
    private let began = Progress.clock()
    private var drawn = 0.0

    /// Work of so many equal steps.
    public init(_ title: String, of total: Int, on terminal: Terminal) {
        (self.title, self.total, self.terminal) = (title, max(total, 1), terminal)
    }

    /// Says how many steps are done. Draws at most ten times a second, so that it costs nothing to call.
    public mutating func reached(_ done: Int) {
        let now = Progress.clock()
        guard terminal.isAttended, now - drawn > 0.1 || done >= total else { return }
        drawn = now
        let cells = 24, filled = cells * min(done, total) / total
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: cells - filled)
        terminal.write("\r\u{1B}[K\(title) \(bar) \(done)/\(total)\(remaining(done, now))", to: 2)
        if done >= total { terminal.write("\r\u{1B}[K", to: 2) }
    }

    private func remaining(_ done: Int, _ now: Double) -> String {
        let spent = now - began
        guard done > 0, spent > 2 else { return "" }
        return ", about \(Int(spent / Double(done) * Double(total - done)) + 1) s left"
    }

    private static func clock() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
