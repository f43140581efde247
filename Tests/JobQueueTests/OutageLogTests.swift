import Database
import Glibc
import Telemetry
import Testing
import Vocabulary

@testable import JobQueue

@Suite("What workers say of a database that is away") struct OutageLogTests {
    @Test("is one line when it goes and one when it is back; any other fault is told each time")
    func once() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        let sink = LogSink(descriptor: ends[1], style: .json, clock: .fixed, batchBytes: 0)
        let outage = OutageLog(Log(to: sink))
        outage.over()
        for error in [
            DatabaseError.unavailable(retryAfter: .seconds(1)), .timeout, .commitUnknown,
            .refused("57P01", constraint: nil, table: nil, message: "terminating"),
        ] { outage.note("no jobs could be taken", error) }
        outage.over()
        outage.over()
        for _ in 1...2 {
            outage.note(
                "no jobs could be taken",
                DatabaseError.refused("42501", constraint: nil, table: "job", message: "permission denied"))
        }
        outage.note("no jobs could be taken", DatabaseError.timeout)
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(ends[0], &bytes, bytes.count)
        let lines = String(decoding: bytes[..<max(0, count)], as: UTF8.self).split(separator: "\n")
        let words = ["jobs wait", "carried out again", "could be taken", "could be taken", "jobs wait"]
        #expect(lines.count == words.count && zip(lines, words).allSatisfy { $0.contains($1) }, "\(lines)")
    }
}
