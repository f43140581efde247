import EventLoop
import HTTP
public import Outgoing
import Synchronization
public import Telemetry
public import Vocabulary

/// Sends what the log calls an error to a Sentry-compatible server, one after the other and never in the way
/// of a request.
public final class ErrorReporter: Sendable {
    /// What waits to be sent, at most.
    static let waitingMost = 100
    /// How long a server is left alone that does not answer, or says too much and not for how long.
    private static let rest = Duration.seconds(60)
    /// How often is looked whether something waits.
    private static let pulse = Duration.milliseconds(500)

    private struct State {
        var waiting: [ErrorReport] = []
        var dropped = 0
    }

    private let dsn: SentryDSN
    private let origin: ReportOrigin
    private let courier: Courier
    private let clock: WallClock
    private let state = Mutex(State())

    /// A reporter to one server.
    public init(to dsn: SentryDSN, from origin: ReportOrigin, by courier: Courier, clock: WallClock) {
        (self.dsn, self.origin, self.courier, self.clock) = (dsn, origin, courier, clock)
    }

    /// From now on errors of this log are reported, while `run` runs.
    public func watch(_ sink: LogSink) {
        sink.watchErrors { [weak self] in self?.take($0) }
    }

    /// Reports that were dropped, because too many waited or the server refused them.
    public var dropped: Int { state.withLock { $0.dropped } }

    /// Sends what waits until its task is cancelled. Run it on a loop of the courier's.
    public func run() async {
        while !Task.isCancelled {
            var rest = Self.pulse
            while let report = next() {
                guard let pause = await send(report) else { continue }
                putBack(report)
                rest = pause
                break
            }
            guard (try? await EventLoop.current?.sleep(for: rest)) != nil else { return }
        }
    }

    func take(_ line: [UInt8]) {
        guard let report = ErrorReport(line, at: clock.now()) else { return }
        state.withLock { state in
            guard state.waiting.count < Self.waitingMost else { return state.dropped += 1 }
            state.waiting.append(report)
        }
    }

    private func next() -> ErrorReport? {
        state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
    }

    private func putBack(_ report: ErrorReport) {
        state.withLock { $0.waiting.insert(report, at: 0) }
    }

    /// How long to rest before this one is sent again; nil when it is over. A report that the server cannot
    /// take is not worth another try.
    private func send(_ report: ErrorReport) async -> Duration? {
        var request = OutgoingRequest(
            .post, dsn.url, body: report.envelope(from: origin, sentAt: clock.now()))
        request.fields.add("Content-Type", "application/x-sentry-envelope")
        request.fields.add(
            "X-Sentry-Auth",
            "Sentry sentry_version=7, sentry_client=nadi/\(origin.version), sentry_key=\(dsn.key)")
        guard let answer = try? await courier.answer(to: request) else { return Self.rest }
        switch answer.status {
        case 200..<300: return nil
        case 429:
            return answer["retry-after"].flatMap(Int64.init).map { .seconds(min(max($0, 1), 3_600)) }
                ?? Self.rest
        case 500...: return Self.rest
        default:
            state.withLock { $0.dropped += 1 }
            return nil
        }
    }
}
