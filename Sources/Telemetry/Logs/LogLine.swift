import JSON
import Vocabulary

/// One thing said, before it is written.
struct LogLine {
    /// With its line feed. No pipe or socket that is ready to be written to blocks for so little (PIPE_BUF).
    static let bytesMax = 4096

    let level: LogLevel
    let message: StaticString
    let requestID: UniqueID?
    let tenant: Slug?
    let trace: TraceContext?
    let fields: LogFields

    /// The JSON object and a line feed; without the fields where they would make it too long.
    func json(at instant: Instant, withheldRepeats: Int) -> [UInt8] {
        let whole = json(at: instant, withheldRepeats: withheldRepeats, isCut: false)
        return whole.count <= Self.bytesMax
            ? whole : json(at: instant, withheldRepeats: withheldRepeats, isCut: true)
    }

    private func json(at instant: Instant, withheldRepeats: Int, isCut: Bool) -> [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.beginObject()
        writer.key("time")
        writer.plainString(atMost: 27) { instant.write(to: $0) }
        writer.key("level")
        writer.string(static: level.word)
        writer.key("message")
        writer.string(static: message)
        writeContext(to: &writer)
        if withheldRepeats > 0 { writer.member("repeats_withheld", withheldRepeats) }
        if isCut {
            writer.member("cut", true)
        } else {
            for (key, value) in fields.members {
                writer.key(key)
                Self.write(value, to: &writer)
            }
        }
        writer.endObject()
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    private func writeContext(to writer: inout JSONWriter) {
        if let requestID { writer.member("request_id", requestID.uuidText) }
        if let tenant { writer.member("tenant", tenant.text) }
        if let trace { writer.member("trace_id", trace.traceText) }
    }

    /// For a person at a terminal: time, level, message, then the fields.
    func pretty(at instant: Instant, withheldRepeats: Int) -> [UInt8] {
        let time = instant.text.dropFirst(11).prefix(8)
        var text = "\(time) \(level.word) \(message)"
        if let tenant { text += " tenant=\(tenant.text)" }
        if let requestID { text += " request_id=\(requestID.uuidText)" }
        if withheldRepeats > 0 { text += " repeats_withheld=\(withheldRepeats)" }
        for (key, value) in fields.members { text += " \(key)=\(Self.text(of: value))" }
        return Array(text.utf8.prefix(Self.bytesMax - 1)) + [UInt8(ascii: "\n")]
    }

    private static func write(_ value: LogValue, to writer: inout JSONWriter) {
        switch value {
        case .int(let number): writer.int(number)
        case .bool(let flag): writer.bool(flag)
        case .text(let words): writer.string(static: words)
        case .token, .unique, .instant, .fault: writer.string(text(of: value))
        }
    }

    private static func text(of value: LogValue) -> String {
        switch value {
        case .int(let number): "\(number)"
        case .bool(let flag): "\(flag)"
        case .text(let words): "\(words)"
        case .token(let text): LogCensor.token(text)
        case .unique(let id): id.uuidText
        case .instant(let instant): instant.text
        case .fault(let text): LogCensor.fault(text)
        }
    }
}
