import Database
import EventLoop
import JSON
import JobQueue
import TestKit
import Testing
import Vocabulary

/// May be tried once alone.
private struct OnceOnly: Job {
    static let kind = "once-only"
    static let lane = Lane.email
    static let retries = Retries(tries: 1)

    init() {}
    init(payload: JSON) {}
    func writePayload(to writer: inout JSONWriter) {}
}

@Suite struct LossTests {
    private func handlers(_ handle: @escaping @Sendable (WriteWord, JobContext) async throws -> JobOutcome)
        -> JobHandlers
    {
        var handlers = JobHandlers()
        handlers.on(WriteWord.self, handle)
        handlers.on(OnceOnly.self) { _, _ in .done }
        return handlers
    }

    @Test("what a dead worker held returns with a try counted; what may be tried once alone is parked")
    func deadWorker() async throws {
        try await JobClinic.with { house in
            let memory = Memory()
            try await WriteWord("x").enqueue(in: house.first)
            try await OnceOnly().enqueue(in: house.first, subject: "s")
            try await WriteWord("behind").enqueue(in: house.first, subject: "s")
            try await house.place.script(
                """
                INSERT INTO job_worker (id, name, lanes, seen_at)
                VALUES ('00000000-0000-7000-8000-000000000001', 'dead', '{}', now() - interval '1 minute');
                UPDATE job SET state = 'running', taken = 1, holder = '00000000-0000-7000-8000-000000000001'
                WHERE state = 'ready'
                """)
            try await house.work(
                house.parts(
                    handlers { job, context in
                        memory.note("\(job.word) \(context.failedTries)")
                        return .done
                    })
            ) {
                try await house.until { try await house.states() == ["parked": 1] }
            }
            #expect(memory.all.sorted() == ["behind 0", "x 1"])
            let reason = try await house.place.script("SELECT kind, reason FROM job")[0]
            #expect(reason == ["once-only", "the worker that had it is gone"])
            #expect(try await house.place.script("SELECT count(*)::text FROM job_worker")[0][0] == "0")
        }
    }

    @Test("whoever was taken for dead commits nothing more: each effect happens once")
    func zombie() async throws {
        try await JobClinic.with(loops: 1) { house in
            let memory = Memory()
            try await WriteWord("x").enqueue(in: house.first)
            try await house.work(
                house.parts(
                    handlers { job, context in
                        memory.note("begun")
                        let isFirst = memory.all.count == 1
                        if isFirst {
                            // Taken for dead, and its job given to another, while it is at it.
                            try await house.place.script(
                                "UPDATE job SET taken = taken + 1, state = 'ready', holder = NULL")
                        }
                        return try await context.finish { transaction in
                            try await transaction.run(
                                "INSERT INTO effect (tenant_id, word) VALUES (\(transaction.tenant), 'x')")
                        }
                    })
            ) {
                try await house.until { try await house.states().isEmpty }
            }
            #expect(memory.all.count == 2)
            #expect(try await house.effects() == ["x"])
        }
    }

    @Test("a worker that finds itself given up begins anew, and its jobs are carried out")
    func givenUp() async throws {
        try await JobClinic.with { house in
            let memory = Memory()
            try await WriteWord("x").enqueue(in: house.first)
            try await house.work(
                house.parts(
                    handlers { _, _ in
                        memory.note("begun")
                        if memory.all.count == 1 { try await Task.sleep(for: .seconds(60)) }
                        return .done
                    })
            ) {
                try await house.until { memory.all.count == 1 }
                try await house.place.script("DELETE FROM job_worker")
                try await house.until { try await house.states().isEmpty }
            }
            #expect(memory.all.count == 2)
        }
    }

    @Test("a worker that stops finishes what is under way and gives back, untried, what takes too long")
    func drain() async throws {
        try await JobClinic.with { house in
            let memory = Memory()
            var parts = house.parts(
                handlers { job, _ in
                    memory.note(job.word)
                    try await Task.sleep(for: job.word == "short" ? .milliseconds(300) : .seconds(60))
                    memory.note("\(job.word) done")
                    return .done
                })
            parts.drainLimit = .seconds(1)
            for word in ["short", "long"] { try await WriteWord(word).enqueue(in: house.first) }
            try await house.work(parts) { try await house.until { memory.all.count == 2 } }
            #expect(memory.all.sorted() == ["long", "short", "short done"])
            let left = try await house.place.script("SELECT state, tries::text, payload->>'word' FROM job")
            #expect(left == [["ready", "0", "long"]])
            #expect(try await house.place.script("SELECT count(*)::text FROM job_worker")[0][0] == "0")
        }
    }
}
