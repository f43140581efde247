import Foundation
import Synchronization
import Telemetry
import Testing

@Suite("Metrics: exact counts in a form Prometheus takes")
struct MetricsTests {
    private func lines(of metrics: Metrics) -> [String] {
        String(decoding: metrics.rendered(), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("counts of many threads add up, none lost")
    func manyThreads() async {
        let metrics = Metrics()
        let counter = metrics.counter("nadi_test_total", "Things.")
        let histogram = metrics.histograms("nadi_test_seconds", "Times.")[]
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    for microseconds in 0..<10_000 {
                        counter.add()
                        histogram.observe(microseconds: UInt64(microseconds))
                    }
                }
            }
        }
        #expect(counter.value == 160_000)
        let text = lines(of: metrics)
        #expect(text.contains("nadi_test_total 160000"))
        #expect(text.contains("nadi_test_seconds_count 160000"))
        #expect(text.contains("nadi_test_seconds_bucket{le=\"0.005\"} 80016"))
        #expect(text.contains("nadi_test_seconds_bucket{le=\"+Inf\"} 160000"))
        #expect(text.contains("nadi_test_seconds_sum 799.92"))
    }

    @Test("an observation on a bound belongs to that bound's bucket")
    func bounds() {
        let metrics = Metrics()
        let histogram = metrics.histograms(
            "nadi_test_seconds", "Times.", boundsInMicroseconds: [100, 1_000_000])[]
        for microseconds: UInt64 in [0, 100, 101, 1_000_000, 1_000_001] {
            histogram.observe(microseconds: microseconds)
        }
        let text = lines(of: metrics)
        #expect(text.contains("nadi_test_seconds_bucket{le=\"0.0001\"} 2"))
        #expect(text.contains("nadi_test_seconds_bucket{le=\"1\"} 4"))
        #expect(text.contains("nadi_test_seconds_bucket{le=\"+Inf\"} 5"))
    }

    @Test("a value that was not declared is counted as other, so strangers cannot make series")
    func boundedLabels() {
        let metrics = Metrics()
        let family = metrics.counters(
            "nadi_requests_total", "Requests.",
            by: [
                MetricLabel("route", values: ["GET /v1/me", "a\"b\\c\nd"]),
                MetricLabel("status", values: ["2xx", "4xx"]),
            ])
        family["GET /v1/me", "2xx"].add(3)
        family["a\"b\\c\nd", "4xx"].add()
        for stranger in 0..<1000 { family["/wp-login-\(stranger)", "2xx"].add() }
        #expect(family["GET /v1/me", "2xx"].value == 3)
        let text = lines(of: metrics).filter { $0.hasPrefix("nadi_requests_total") }
        #expect(
            Set(text) == [
                "nadi_requests_total{route=\"GET /v1/me\",status=\"2xx\"} 3",
                "nadi_requests_total{route=\"a\\\"b\\\\c\\nd\",status=\"4xx\"} 1",
                "nadi_requests_total{route=\"other\",status=\"2xx\"} 1000",
            ])
    }

    @Test("a gauge shows what it was set to, or what it is asked for")
    func gauges() {
        let metrics = Metrics()
        let gauge = metrics.gauge("nadi_open", "Open.")
        gauge.add(5)
        gauge.add(-2)
        metrics.gauge("nadi_share", "Share.") { 0.25 }
        #expect(lines(of: metrics).contains("nadi_open 3"))
        #expect(lines(of: metrics).contains("nadi_share 0.25"))
        gauge.set(-1)
        #expect(lines(of: metrics).contains("nadi_open -1"))
    }

    @Test("promtool has nothing to complain about, and the process tells its own figures")
    func promtool() throws {
        let metrics = Metrics()
        metrics.counter("nadi_logins_total", "Sign-ins.").add()
        let route = MetricLabel("route", values: ["GET /"])
        let durations = metrics.histograms("nadi_request_duration_seconds", "Time to answer.", by: [route])
        durations["GET /"].observe(microseconds: 1234)
        _ = metrics.gauge("nadi_connections", "Open connections.")
        let text = metrics.rendered()
        for name in [
            "cpu_seconds_total", "resident_memory_bytes", "open_fds", "max_fds", "start_time_seconds",
        ] {
            #expect(lines(of: metrics).contains { $0.hasPrefix("process_\(name) ") })
        }
        let started = try #require(
            lines(of: metrics).first { $0.hasPrefix("process_start_time_seconds ") }?.split(separator: " ")
                .last)
        #expect(abs(Date().timeIntervalSince1970 - (Double(started) ?? 0)) < 3600)

        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/promtool")
        process.arguments = ["check", "metrics"]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, output)
        try process.run()
        input.fileHandleForWriting.write(Data(text))
        try input.fileHandleForWriting.close()
        let complaint = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(complaint)")
        #expect(complaint.isEmpty)
    }
}
