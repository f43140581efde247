import Glibc
import Synchronization
public import Vocabulary

/// Where lines go: gathered, written in batches, and never waited for. A reader that does not keep up loses
/// lines, and is told how many as soon as it reads again.
public final class LogSink: Sendable {
    /// How a line looks.
    public enum Style: Sendable {
        /// One JSON object a line.
        case json
        /// Words for a person at a terminal.
        case pretty
    }

    /// More than this waiting to be written means that nobody reads.
    static let waitingBytesMax = 256 * 1024
    /// So many lines of one message in one window are enough to know.
    static let repeatsPerWindow = 20
    static let window = Duration.seconds(10)

    private let descriptor: Int32
    private let style: Style
    private let clock: WallClock
    private let batchBytes: Int
    private let state = Mutex(State())

    /// Lines leave when `batchBytes` wait, at `flush`, and at once when they say "error".
    /// The loop flushes once a turn; a program without a loop takes 0. Descriptor 2 is standard error.
    public init(descriptor: Int32 = 2, style: Style, clock: WallClock, batchBytes: Int) {
        (self.descriptor, self.style, self.clock) = (descriptor, style, clock)
        self.batchBytes = batchBytes
    }

    /// Lines lost so far because nobody read them.
    public var dropped: Int { state.withLock { $0.droppedEver } }

    /// Writes what waits, as far as it can be taken without waiting.
    public func flush() {
        state.withLock { if !$0.waiting.isEmpty { drain(&$0) } }
    }

    /// Hands each error to `watcher` as well, as a line of JSON, whatever the style. It must be quick, and
    /// must not log.
    public func watchErrors(_ watcher: @escaping @Sendable ([UInt8]) -> Void) {
        state.withLock { $0.watcher = watcher }
    }

    func write(_ line: LogLine, mayRepeat: Bool) {
        let now = clock.now()
        let watcher = state.withLock { state -> (@Sendable ([UInt8]) -> Void)? in
            var withheld = 0
            if !mayRepeat {
                guard state.admits(line.message, at: now, withheld: &withheld) else { return nil }
            }
            let bytes =
                style == .json
                ? line.json(at: now, withheldRepeats: withheld)
                : line.pretty(at: now, withheldRepeats: withheld)
            append(bytes, to: &state, at: now)
            if state.waiting.count > batchBytes || line.level == .error { drain(&state) }
            return line.level == .error ? state.watcher : nil
        }
        watcher?(line.json(at: now, withheldRepeats: 0))
    }

    private func append(_ bytes: [UInt8], to state: inout State, at now: Instant) {
        if state.waiting.count + bytes.count > Self.waitingBytesMax { drain(&state) }
        guard state.waiting.count + bytes.count <= Self.waitingBytesMax else {
            state.dropped += 1
            state.droppedEver += 1
            return
        }
        if state.dropped > 0 {
            let fields: LogFields = ["lines": .int(state.dropped)]
            let notice = LogLine(
                level: .warning, message: "log lines were lost because nobody read them", requestID: nil,
                tenant: nil, trace: nil, fields: fields)
            state.waiting += notice.json(at: now, withheldRepeats: 0)
            state.dropped = 0
        }
        state.waiting += bytes
    }

    /// Whole lines, at most 4096 bytes at a time and only after the kernel said that it would take them:
    /// making the descriptor non-blocking instead would do so for every process that shares the terminal.
    private func drain(_ state: inout State) {
        var start = 0
        while start < state.waiting.count, isReady {
            let end = Self.end(ofLinesFrom: start, in: state.waiting)
            let written = state.waiting.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: start), end - start)
            }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { break }
            start += written
        }
        state.waiting.removeFirst(start)
    }

    private var isReady: Bool {
        var asked = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&asked, 1, 0) == 1 && asked.revents & Int16(POLLOUT) != 0
    }

    private static func end(ofLinesFrom start: Int, in bytes: [UInt8]) -> Int {
        guard bytes.count - start > LogLine.bytesMax else { return bytes.count }
        let most = start + LogLine.bytesMax
        return (bytes[start..<most].lastIndex(of: UInt8(ascii: "\n")) ?? most - 1) + 1
    }

    private struct State {
        var waiting: [UInt8] = []
        var dropped = 0
        var droppedEver = 0
        var watcher: (@Sendable ([UInt8]) -> Void)?
        /// By the address of the message: the messages are the program's own text and so finitely many.
        var repeats: [UInt: (since: Instant, count: Int)] = [:]

        mutating func admits(_ message: StaticString, at now: Instant, withheld: inout Int) -> Bool {
            let key = UInt(bitPattern: message.utf8Start)
            let seen = repeats[key]
            guard let seen, now - seen.since < LogSink.window, now >= seen.since else {
                withheld = max(0, (seen?.count ?? 0) - LogSink.repeatsPerWindow)
                repeats[key] = (since: now, count: 1)
                return true
            }
            repeats[key] = (since: seen.since, count: seen.count + 1)
            return seen.count < LogSink.repeatsPerWindow
        }
    }
}
