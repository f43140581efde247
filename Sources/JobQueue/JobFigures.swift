import Database
public import Telemetry

/// What is counted of jobs: by lane, of which there is a fixed number, never by clinic.
public struct JobFigures: Sendable {
    static let outcomes = ["done", "dropped", "parked", "retried"]

    let ended: MetricFamily<Counter>
    let running: MetricFamily<Gauge>
    let ready: MetricFamily<Gauge>
    let parked: MetricFamily<Gauge>
    let oldest: MetricFamily<Gauge>
    let waits: MetricFamily<Histogram>
    let durations: MetricFamily<Histogram>

    /// Declares them; once a process.
    public init(_ metrics: Metrics) {
        let lane = MetricLabel("lane", values: Lane.allCases.map(\.rawValue))
        ended = metrics.counters(
            "nadi_jobs_total", "Tries of jobs that ended in this process, by how.",
            by: [lane, MetricLabel("outcome", values: Self.outcomes)])
        running = metrics.gauges("nadi_jobs_running", "Jobs that this process is at.", by: [lane])
        ready = metrics.gauges(
            "nadi_jobs_ready", "Jobs of all clinics that could run now, counted up to 10000.", by: [lane])
        parked = metrics.gauges(
            "nadi_jobs_parked", "Jobs of all clinics that were given up, counted up to 10000.", by: [lane])
        oldest = metrics.gauges(
            "nadi_jobs_oldest_seconds", "How long the longest waiting ready job could have run.", by: [lane])
        waits = metrics.histograms(
            "nadi_job_wait_seconds", "Time from when a job could run to when it did.", by: [lane])
        durations = metrics.histograms("nadi_job_duration_seconds", "Time that a try took.", by: [lane])
    }

    /// Shows how the lanes are.
    func show(_ lanes: [LaneView]) {
        for view in lanes {
            ready[view.lane.rawValue].set(view.ready)
            parked[view.lane.rawValue].set(view.parked)
            oldest[view.lane.rawValue].set(view.oldestSeconds)
        }
    }
}
