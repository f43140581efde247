import Telemetry
import Testing

struct TraceContextTests {
    static let id = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7"

    @Test("a traceparent is read, and sent on with a span of our own")
    func sentOn() throws {
        let context = try #require(TraceContext(traceparent: "00-\(Self.id)-01"))
        #expect(context.isSampled)
        #expect(context.traceparent == "00-\(Self.id)-01")
        let child = context.child()
        #expect(child.spanID != context.spanID)
        #expect(child.traceText == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(child.traceparent.hasSuffix("-01"))
        #expect(TraceContext(traceparent: child.traceparent) == child)
    }

    @Test(
        "what the specification refuses begins a new trace",
        arguments: [
            "", "00", "ff-\(id)-01", "00-\(id)-01-more", "00-\(id)-0", "00-\(id)-0g", "00-\(id)-01 ",
            " 00-\(id)-01",
            "00-\(id.uppercased())-01", "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", "00_\(id)-01", "0-\(id)-01",
            "01-\(id)-01x",
        ])
    func refused(text: String) {
        #expect(TraceContext(traceparent: text) == nil)
    }

    @Test("a later version is read by its first four parts; other flags do not sample")
    func laterVersions() {
        #expect(TraceContext(traceparent: "cc-\(Self.id)-01-what-the-future-holds")?.isSampled == true)
        #expect(TraceContext(traceparent: "cc-\(Self.id)-02")?.isSampled == false)
    }

    @Test("traces that begin here differ and are valid")
    func random() {
        let traces = (0..<1000).map { _ in TraceContext.random() }
        #expect(Set(traces).count == 1000)
        #expect(traces.allSatisfy { TraceContext(traceparent: $0.traceparent) == $0 })
    }
}
