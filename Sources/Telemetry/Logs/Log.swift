public import Vocabulary

/// A way to say something, with what is known of the request bound to it.
///
/// The message is a sentence of the program's own text, the same at every call; what varies stands in fields.
public struct Log: Sendable {
    private let sink: LogSink
    private let level: LogLevel
    private var requestID: UniqueID?
    private var tenant: Slug?
    private var trace: TraceContext?

    /// A log that lets `level` and above through.
    public init(to sink: LogSink, from level: LogLevel = .info) {
        (self.sink, self.level) = (sink, level)
    }

    /// The same log for one request: each of its lines says so.
    public func bound(to requestID: UniqueID, tenant: Slug?, trace: TraceContext?) -> Log {
        var log = self
        (log.requestID, log.tenant, log.trace) = (requestID, tenant, trace)
        return log
    }

    /// For whoever looks for a fault.
    public func debug(_ message: StaticString, _ fields: LogFields = [:]) { write(.debug, message, fields) }
    /// The course of things.
    public func info(_ message: StaticString, _ fields: LogFields = [:]) { write(.info, message, fields) }
    /// Rare, and worth knowing.
    public func notice(_ message: StaticString, _ fields: LogFields = [:]) { write(.notice, message, fields) }
    /// Somebody should look at it today.
    public func warning(_ message: StaticString, _ fields: LogFields = [:]) {
        write(.warning, message, fields)
    }
    /// A fault of ours.
    public func error(_ message: StaticString, _ fields: LogFields = [:]) { write(.error, message, fields) }

    /// One line a request. It is never taken for a repeat.
    public func access(_ fields: @autoclosure () -> LogFields) {
        guard level <= .info else { return }
        sink.write(line(.info, "request", fields()), mayRepeat: true)
    }

    private func write(_ level: LogLevel, _ message: StaticString, _ fields: LogFields) {
        guard level >= self.level else { return }
        sink.write(line(level, message, fields), mayRepeat: false)
    }

    private func line(_ level: LogLevel, _ message: StaticString, _ fields: LogFields) -> LogLine {
        LogLine(
            level: level, message: message, requestID: requestID, tenant: tenant, trace: trace, fields: fields
        )
    }
}
