import Glibc
import JSON
import Synchronization
import Telemetry
import Testing
import Vocabulary

/// A pipe whose reading end the test holds, and a clock that it turns.
private final class Listener: Sendable {
    let reading: Int32
    let writing: Int32
    private let moment = Mutex(Instant(seconds: 1_800_000_000))

    init() {
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        (reading, writing) = (ends[0], ends[1])
        _ = fcntl(reading, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(reading)
        close(writing)
    }

    var clock: WallClock { WallClock { self.moment.withLock { $0 } } }

    func wait(_ duration: Duration) { moment.withLock { $0 = $0 + duration } }

    /// What has been written since the last look.
    func lines() -> [String] {
        var all: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(reading, &part, part.count)
            guard count > 0 else { break }
            all += part[..<count]
        }
        return String(decoding: all, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    func sink(_ style: LogSink.Style = .json, batchBytes: Int = 0) -> LogSink {
        LogSink(descriptor: writing, style: style, clock: clock, batchBytes: batchBytes)
    }
}

@Suite("Log: one line a thing, and nobody's data in it")
struct LogTests {
    @Test("a line is one JSON object with its context and its fields")
    func jsonLine() throws {
        let listener = Listener()
        let id = UniqueID(high: 1, low: 2)
        let trace = TraceContext(traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        Log(to: listener.sink()).bound(to: id, tenant: Slug(text: "sunrise"), trace: trace)
            .info(
                "a slot was taken", ["route": .token("GET /v1/me"), "count": .int(3), "late": .bool(false)])
        Log(to: listener.sink()).warning(
            "the pool is full", ["state": .token("53300"), "why": .text("busy")])
        #expect(
            listener.lines() == [
                "{\"time\":\"2027-01-15T08:00:00Z\",\"level\":\"info\",\"message\":\"a slot was taken\","
                    + "\"request_id\":\"00000000-0000-0001-0000-000000000002\",\"tenant\":\"sunrise\","
                    + "\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"route\":\"(withheld)\","
                    + "\"count\":3,\"late\":false}",
                "{\"time\":\"2027-01-15T08:00:00Z\",\"level\":\"warning\",\"message\":\"the pool is full\","
                    + "\"state\":\"53300\",\"why\":\"busy\"}",
            ])
    }

    @Test(
        "what could be a person is withheld from a token",
        arguments: [
            "Asha Patil", "asha@example.org", "+919876543210", "919876543210", "98765-43210", "ಆಶಾ", "a\nb",
            "a\"b",
            String(repeating: "a", count: 129),
        ])
    func personalTokens(text: String) {
        let listener = Listener()
        Log(to: listener.sink()).info("said", ["value": .token(text)])
        #expect(
            listener.lines().allSatisfy { $0.hasSuffix("\"value\":\"(withheld)\"}") && !$0.contains("Asha") })
    }

    @Test(
        "identifiers pass",
        arguments: ["/v1/appointments/{id}", "apt_01h455vb4pex5vsknk084sn02q", "23P01", "404"])
    func plainTokens(text: String) {
        let listener = Listener()
        Log(to: listener.sink()).info("said", ["value": .token(text)])
        #expect(listener.lines().first?.hasSuffix("\"value\":\"\(text)\"}") == true)
    }

    @Test("a fault's words lose what could be somebody's")
    func faults() {
        let listener = Listener()
        let text = "column \"Asha Devi Patil\" of a@b.org and 9876543210 Key (name)=(Asha) broke rule 12"
        Log(to: listener.sink()).info("said", ["value": .fault(text)])
        #expect(listener.lines().first?.hasSuffix("\"column … … … of … and … Key … broke rule 12\"}") == true)
    }

    @Test("levels below the chosen one are not written")
    func levels() {
        let listener = Listener()
        let log = Log(to: listener.sink(), from: .warning)
        log.debug("a")
        log.info("b")
        log.notice("c")
        log.access(["route": .token("x")])
        #expect(listener.lines().isEmpty)
        log.warning("d")
        log.error("e")
        #expect(listener.lines().count == 2)
        #expect(LogLevel(word: "warning") == .warning)
        #expect(LogLevel(word: "loud") == nil)
    }

    @Test("a message that repeats is cut off and counted; requests are not repeats")
    func repeats() {
        let listener = Listener()
        let log = Log(to: listener.sink())
        for _ in 0..<100 { log.warning("the database is away") }
        #expect(listener.lines().count == 20)
        log.warning("something else")
        #expect(listener.lines().count == 1)
        listener.wait(.seconds(11))
        log.warning("the database is away")
        #expect(listener.lines().first?.contains("\"repeats_withheld\":80") == true)
        for _ in 0..<100 { log.access(["status": .int(200)]) }
        #expect(listener.lines().count == 100)
    }

    @Test("lines wait for the batch or the flush; an error waits for nobody")
    func batches() {
        let listener = Listener()
        let sink = listener.sink(batchBytes: 1 << 14)
        let log = Log(to: sink)
        log.info("one")
        #expect(listener.lines().isEmpty)
        sink.flush()
        #expect(listener.lines().count == 1)
        log.info("two")
        log.error("three")
        #expect(listener.lines().count == 2)
    }

    @Test("a reader that does not read loses whole lines, is told how many, and never holds anyone up")
    func fullPipe() throws {
        let listener = Listener()
        let sink = listener.sink(batchBytes: 1 << 14)
        let log = Log(to: sink)
        let started = ContinuousClock.now
        for number in 0..<10_000 { log.access(["number": .int(number)]) }
        #expect(ContinuousClock.now - started < .seconds(5))
        #expect(sink.dropped > 1000)
        var read: [String] = []
        for _ in 0..<20 {
            read += listener.lines()
            sink.flush()
        }
        log.error("after")
        read += listener.lines()
        let told = try read.compactMap { line -> Int64? in
            let json = try JSON(parsing: Array(line.utf8))
            guard case .object(let object) = json, case .integer(let count)? = object["lines"] else {
                return nil
            }
            return count
        }
        #expect(Int(told.reduce(0, +)) == sink.dropped)
        #expect(read.count - told.count - 1 + sink.dropped == 10_000)
    }

    @Test("a line is never longer than a pipe takes at once")
    func longLines() throws {
        let listener = Listener()
        let long = String(repeating: "abcd ", count: 400)
        Log(to: listener.sink()).info(
            "much",
            ["a": .fault(long), "b": .fault(long), "c": .fault(long), "d": .fault(long), "e": .fault(long)])
        let line = try #require(listener.lines().first)
        #expect(line.utf8.count < 4096)
        #expect(line.hasSuffix("\"message\":\"much\",\"cut\":true}"))
    }

    @Test("at a terminal a line reads like words")
    func pretty() {
        let listener = Listener()
        Log(to: listener.sink(.pretty)).notice("the door is open", ["port": .int(8080)])
        #expect(listener.lines() == ["08:00:00 notice the door is open port=8080"])
    }
}
