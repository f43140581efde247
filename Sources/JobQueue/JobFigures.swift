public import Database
import EventLoop
public import Telemetry

/// What is counted of jobs: by lane, of which there is a fixed number, never by clinic.
public struct JobFigures: Sendable {
    static let outcomes = ["done", "dropped", "parked", "retried"]

    let ended: MetricFamily<Counter>
    let running: MetricFamily<Gauge>
    let ready: MetricFamily<Gauge>
    let parked: MetricFamily<Gauge>
    let oldest: MetricFamily<Gauge>
    let atOnceMax: MetricFamily<Gauge>
    let lately: MetricFamily<Gauge>
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
        atOnceMax = metrics.gauges(
            "nadi_jobs_at_once_max", "How many jobs may run at once, over all processes.", by: [lane])
        lately = metrics.gauges(
            "nadi_jobs_ended_lately",
            "Tries of jobs that ended within this hour and the one before, in all processes, by how.",
            by: [lane, MetricLabel("outcome", values: ["done", "retried"])])
        waits = metrics.histograms(
            "nadi_job_wait_seconds", "Time from when a job could run to when it did.", by: [lane])
        durations = metrics.histograms("nadi_job_duration_seconds", "Time that a try took.", by: [lane])
    }

    /// Shows how the lanes of all clinics are, until its task is cancelled: also where no worker is. Run it
    /// on a loop.
    public func watch(_ database: Database) async {
        while !Task.isCancelled {
            if let lanes = try? await LaneView.all(in: database) { show(lanes) }
            try? await EventLoop.current?.sleep(for: .seconds(15))
        }
    }

    private func show(_ lanes: [LaneView]) {
        for view in lanes {
            ready[view.lane.rawValue].set(view.ready)
            parked[view.lane.rawValue].set(view.parked)
            oldest[view.lane.rawValue].set(view.oldestSeconds)
            atOnceMax[view.lane.rawValue].set(view.limits.atOnce)
            lately[view.lane.rawValue, "done"].set(view.done)
            lately[view.lane.rawValue, "retried"].set(view.retried)
        }
    }
}
