/// Prometheus' text exposition format.
struct PrometheusText {
    private(set) var bytes: [UInt8] = []

    mutating func begin(_ name: StaticString, _ help: StaticString, _ type: StaticString) {
        line("# HELP \(name) \(help)")
        line("# TYPE \(name) \(type)")
    }

    mutating func sample(_ name: StaticString, suffix: StaticString = "", labels: String, value: String) {
        line(labels.isEmpty ? "\(name)\(suffix) \(value)" : "\(name)\(suffix){\(labels)} \(value)")
    }

    mutating func histogram(_ name: StaticString, labels: String, _ histogram: Histogram) {
        let (upTo, microseconds) = histogram.reading
        guard let all = upTo.last, all > 0 || labels.isEmpty else { return }
        let ends = histogram.bounds.map { Self.number(Double($0) / 1_000_000) } + ["+Inf"]
        for (end, count) in zip(ends, upTo) {
            let bucket = labels.isEmpty ? "le=\"\(end)\"" : "\(labels),le=\"\(end)\""
            sample(name, suffix: "_bucket", labels: bucket, value: "\(count)")
        }
        sample(name, suffix: "_sum", labels: labels, value: Self.number(Double(microseconds) / 1_000_000))
        sample(name, suffix: "_count", labels: labels, value: "\(all)")
    }

    static func number(_ value: Double) -> String {
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private mutating func line(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(UInt8(ascii: "\n"))
    }
}
