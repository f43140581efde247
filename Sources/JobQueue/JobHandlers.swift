import JSON

/// What each kind of job does, said where the program is put together: a worker takes no job of a kind that
/// nobody handles.
public struct JobHandlers: Sendable {
    typealias Run = @Sendable (JSON, JobContext) async throws -> JobOutcome
    typealias Sweeping = @Sendable (JobContext) async throws -> JobOutcome

    /// One kind's handler, and what a worker must know of the kind.
    struct Entry: Sendable {
        let lane: Lane
        let retries: Retries
        let timeLimit: Duration
        let run: Run
    }

    private(set) var entries: [String: Entry] = [:]
    private(set) var recurrences: [Recurring] = []

    /// Nothing is handled yet.
    public init() {}

    /// Says what a kind of job does. It runs on the worker's loop; its task is cancelled when the job is
    /// called off or takes too long.
    public mutating func on<J: Job>(
        _: J.Type, _ handle: @escaping @Sendable (J, JobContext) async throws -> JobOutcome
    ) {
        let entry = Entry(lane: J.lane, retries: J.retries, timeLimit: J.timeLimit) { payload, context in
            let job: J
            do { job = try J(payload: payload) } catch {
                throw HopelessJob("The payload cannot be read: \(error)")
            }
            return try await handle(job, context)
        }
        add(entry, of: J.kind)
    }

    /// Says what a recurring job does; it is enqueued by itself, for every clinic.
    public mutating func on<J: RecurringJob>(
        _: J.Type, _ handle: @escaping @Sendable (J, JobContext) async throws -> JobOutcome
    ) {
        register(J.self, handle)
        recurrences.append(Recurring(J.self))
    }

    /// Takes a sweep upon itself; it is enqueued by itself, for every clinic, with nothing to say.
    public mutating func on(_ sweep: Sweep) {
        let entry = Entry(lane: Sweep.lane, retries: Retries(), timeLimit: .seconds(60)) { _, context in
            try await sweep.run(context)
        }
        add(entry, of: sweep.kind)
        recurrences.append(Recurring(sweep))
    }

    private mutating func register<J: Job>(
        _ type: J.Type, _ handle: @escaping @Sendable (J, JobContext) async throws -> JobOutcome
    ) { on(type, handle) }

    private mutating func add(_ entry: Entry, of kind: String) {
        precondition(entries[kind] == nil, "two handlers for one kind of job")
        entries[kind] = entry
    }
}
