import JSON
import Vocabulary

/// One fault of ours, as the log told it, on its way to whoever looks at faults.
struct ErrorReport: Sendable {
    /// Names the report: the same when it is sent again.
    let id: UniqueID
    /// When it happened.
    let at: Instant
    /// The line of the log: one JSON object.
    let line: JSONObject

    /// Nil for what is no line of ours.
    init?(_ line: [UInt8], at now: Instant) {
        guard case .object(let object)? = try? JSON(parsing: line.filter { $0 != UInt8(ascii: "\n") }) else {
            return nil
        }
        (id, at, self.line) = (.random(at: now), now, object)
    }

    /// An envelope of one event: a line about the envelope, a line about the event, the event.
    func envelope(from origin: ReportOrigin, sentAt now: Instant) -> [UInt8] {
        let event = event(from: origin)
        let head = Self.line { head in
            head.member("event_id", hex)
            head.member("sent_at", now.text)
        }
        let item = Self.line { item in
            item.member("type", "event")
            item.member("length", event.count)
            item.member("content_type", "application/json")
        }
        return head + item + event + [UInt8(ascii: "\n")]
    }

    /// What is the same for every time this fault happens makes it one issue: the message and the route.
    private func event(from origin: ReportOrigin) -> [UInt8] {
        var writer = JSONWriter(capacity: 1_024)
        let message = line["message"]?.stringValue ?? "error"
        writer.object { event in
            event.member("event_id", hex)
            event.member("timestamp", at.text)
            event.member("platform", "other")
            event.member("level", "error")
            event.member("logger", "nadi")
            event.member("release", "nadi@" + origin.version)
            event.member("environment", origin.environment)
            event.member("server_name", origin.server)
            event.key("message")
            event.object { $0.member("formatted", message) }
            event.member("fingerprint", [message, line["route"]?.stringValue ?? "-"])
            event.key("tags")
            event.object { write(["tenant", "route"], to: &$0) }
            event.key("extra")
            event.object { write(extras, to: &$0) }
        }
        return writer.bytes
    }

    private var extras: [String] {
        line.members.map(\.name).filter { !["time", "level", "message", "tenant", "route"].contains($0) }
    }

    private func write(_ names: [String], to writer: inout JSONWriter) {
        for name in names {
            guard let value = line[name] else { continue }
            writer.key(text: name)
            value.write(to: &writer)
        }
    }

    /// 32 digits, as Sentry writes ids.
    private var hex: String { id.uuidText.filter { $0 != "-" } }

    private static func line(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(capacity: 128)
        writer.object(body)
        return writer.bytes + [UInt8(ascii: "\n")]
    }
}

/// Which program says it.
public struct ReportOrigin: Sendable {
    let version: String
    let environment: String
    let server: String

    /// The program's version, the kind of installation, and the process.
    public init(version: String, environment: String, server: String) {
        (self.version, self.environment, self.server) = (version, environment, server)
    }
}
