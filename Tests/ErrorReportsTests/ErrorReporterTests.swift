import EventLoop
import Glibc
import HTTP
import JSON
import Outgoing
import Telemetry
import TestKit
import Testing
import Vocabulary

@testable import ErrorReports

@Suite("Reports of faults", .timeLimit(.minutes(1)))
struct ErrorReporterTests {
    private static let clock = WallClock { Instant(seconds: 1_800_000_000) }
    private static let taken: [ScriptedServer.Step] = [
        .until("}}\n"), .say("HTTP/1.1 200 OK¶Content-Length: 2¶Connection: close¶¶{}"),
    ]

    /// A reporter to a server that plays these scripts, and a log that it watches.
    private func with(
        _ server: ScriptedServer,
        _ body: @escaping @Sendable (Log, ErrorReporter) async throws -> Void
    ) async throws {
        let group = EventLoopGroup(count: 1)
        defer { group.stop() }
        let courier = Courier(.operatorNamed, loops: group.loops)
        defer { courier.close() }
        let dsn = try #require(SentryDSN("http://abc@127.0.0.1:\(server.port)/42", allowsPlain: true))
        let null = open("/dev/null", O_WRONLY)
        defer { close(null) }
        let sink = LogSink(descriptor: null, style: .pretty, clock: Self.clock, batchBytes: 0)
        let reporter = ErrorReporter(
            to: dsn, from: ReportOrigin(version: "1.2.3", environment: "production", server: "desk:1"),
            by: courier, clock: Self.clock)
        reporter.watch(sink)
        let run = Task(executorPreference: group.loops[0]) { await reporter.run() }
        try await body(Log(to: sink), reporter)
        run.cancel()
        await run.value
    }

    private func until(_ holds: () -> Bool) async throws {
        for _ in 0..<500 where !holds() { try await Task.sleep(for: .milliseconds(10)) }
        #expect(holds())
    }

    @Test("an error arrives as an envelope: what happened and where, and nothing that is somebody's")
    func envelope() async throws {
        let server = try ScriptedServer(Self.taken)
        defer { server.stop() }
        try await with(server) { log, _ in
            let slug = try #require(Slug(text: "asha"))
            log.info("a request came")
            log.warning("the database did not answer a request")
            log.bound(to: UniqueID(high: 1, low: 1), tenant: slug, trace: nil).error(
                "a request failed",
                [
                    "route": .token("/v1/patients/{patient}"),
                    "fault": .fault("Unreadable(value: \"Meera Kulkarni\", phone: +919812345678)"),
                ])
            try await until { server.conversations.first?.contains("a request failed") == true }
        }
        let heard = try #require(server.conversations.first)
        #expect(heard.hasPrefix("POST /api/42/envelope/ HTTP/1.1\r\n"))
        #expect(heard.contains("sentry_key=abc"))
        #expect(heard.contains("Content-Type: application/x-sentry-envelope"))
        let body = try #require(heard.split(separator: "\r\n\r\n", maxSplits: 1).last)
        let lines = body.split(separator: "\n")
        #expect(lines.count == 3)
        let (head, item, event) = try (
            JSON(parsing: String(lines[0])), JSON(parsing: String(lines[1])), JSON(parsing: String(lines[2]))
        )
        #expect(item["length"]?.integerValue == Int64(lines[2].utf8.count))
        #expect(head["event_id"] == event["event_id"] && event["event_id"]?.stringValue?.count == 32)
        #expect(event["message"]?["formatted"]?.stringValue == "a request failed")
        #expect(event["tags"] == ["tenant": "asha", "route": "/v1/patients/{patient}"])
        #expect(event["release"]?.stringValue == "nadi@1.2.3")
        #expect(!heard.contains("Meera") && !heard.contains("9812345678"))
        #expect(!heard.contains("did not answer"), "only errors are reported")
    }

    @Test("a server that says 429 is asked again later with the same report")
    func busy() async throws {
        let server = try ScriptedServer(
            [.until("}}\n"), .say("HTTP/1.1 429 Busy¶Retry-After: 1¶Content-Length: 0¶Connection: close¶¶")],
            Self.taken)
        defer { server.stop() }
        try await with(server) { log, _ in
            log.error("a request failed")
            try await until {
                server.conversations.count == 2 && server.conversations[1].contains("event_id")
            }
        }
        let ids = server.conversations.compactMap { $0.components(of: "\"event_id\":\"").last?.prefix(32) }
        #expect(Set(ids).count == 1)
    }

    @Test("of a flood only so many wait, the others are counted")
    func flood() async throws {
        let server = try ScriptedServer([.until("never")])
        defer { server.stop() }
        try await with(server) { _, reporter in
            let line = Array(#"{"level":"error","message":"a request failed"}"#.utf8)
            for _ in 0..<300 { reporter.take(line) }
            #expect((190...200).contains(reporter.dropped))
        }
    }

    @Test(
        "an address is read as Sentry writes it",
        arguments: [
            ("https://abc@sentry.example/7", "https://sentry.example/api/7/envelope/"),
            ("https://abc@sentry.example:8443/in/7", "https://sentry.example:8443/in/api/7/envelope/"),
            ("https://sentry.example/7", nil), ("http://abc@sentry.example/7", nil),
            ("https://abc@sentry.example/", nil), ("https://abc@sentry.example/7?x=1", nil), ("abc", nil),
        ])
    func dsn(text: String, url: String?) {
        #expect(SentryDSN(text)?.url == url)
    }
}

extension String {
    fileprivate func components(of separator: String) -> [Substring] {
        var (parts, rest): ([Substring], Substring) = ([], self[...])
        while let range = rest.firstRange(of: separator) {
            parts.append(rest[..<range.lowerBound])
            rest = rest[range.upperBound...]
        }
        return parts + [rest]
    }
}
