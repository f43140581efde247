import Synchronization

/// Every metric of the process, declared at boot and rendered when Prometheus asks.
public final class Metrics: Sendable {
    private typealias Rendering = @Sendable (inout PrometheusText) -> Void
    private let renderings = Mutex<[Rendering]>([])

    /// Nothing declared yet but the process' own figures.
    public init() {
        add { ProcessFigures.read()?.render(to: &$0) }
    }

    /// A counter; its name ends in `_total`.
    public func counter(_ name: StaticString, _ help: StaticString) -> Counter {
        counters(name, help, by: [])[]
    }

    /// Counters by label. Series that were never counted are not shown.
    public func counters(
        _ name: StaticString, _ help: StaticString, by labels: [MetricLabel]
    ) -> MetricFamily<Counter> {
        let family = MetricFamily(labels) { Counter() }
        add { text in
            text.begin(name, help, "counter")
            for (place, counter) in family.members.enumerated() {
                let value = counter.value
                guard value > 0 || labels.isEmpty else { continue }
                text.sample(name, labels: family.labelText(at: place), value: "\(value)")
            }
        }
        return family
    }

    /// Histograms of seconds by label; the name ends in `_seconds`. Series without an observation are not
    /// shown.
    public func histograms(
        _ name: StaticString, _ help: StaticString, by labels: [MetricLabel] = [],
        boundsInMicroseconds bounds: [UInt64] = Histogram.standardBounds
    ) -> MetricFamily<Histogram> {
        let family = MetricFamily(labels) { Histogram(bounds: bounds) }
        add { text in
            text.begin(name, help, "histogram")
            for (place, histogram) in family.members.enumerated() {
                text.histogram(name, labels: family.labelText(at: place), histogram)
            }
        }
        return family
    }

    /// A gauge that the program moves.
    public func gauge(_ name: StaticString, _ help: StaticString) -> Gauge {
        let gauge = Gauge()
        self.gauge(name, help) { Double(gauge.value) }
        return gauge
    }

    /// Gauges by label, that the program moves. Series that are zero are not shown.
    public func gauges(
        _ name: StaticString, _ help: StaticString, by labels: [MetricLabel]
    ) -> MetricFamily<Gauge> {
        let family = MetricFamily(labels) { Gauge() }
        add { text in
            text.begin(name, help, "gauge")
            for (place, gauge) in family.members.enumerated() where gauge.value != 0 {
                text.sample(name, labels: family.labelText(at: place), value: "\(gauge.value)")
            }
        }
        return family
    }

    /// A gauge that is asked for when Prometheus asks.
    public func gauge(_ name: StaticString, _ help: StaticString, read: @escaping @Sendable () -> Double) {
        add { text in
            text.begin(name, help, "gauge")
            text.sample(name, labels: "", value: PrometheusText.number(read()))
        }
    }

    /// The text format, version 0.0.4 (`text/plain; version=0.0.4; charset=utf-8`).
    public func rendered() -> [UInt8] {
        var text = PrometheusText()
        for rendering in renderings.withLock({ $0 }) { rendering(&text) }
        return text.bytes
    }

    private func add(_ rendering: @escaping Rendering) {
        renderings.withLock { $0.append(rendering) }
    }
}
