import Database
import EventLoop
import JSON
import JobQueue
import TestKit
import Testing
import Vocabulary

/// A job that is tried three times, a hundredth of a second apart.
private struct Stubborn: Job {
    static let kind = "stubborn"
    static let lane = Lane.reminder
    static let retries = Retries(tries: 3, first: .milliseconds(10))
    static let timeLimit = Duration.seconds(1)
    let word: String

    init(_ word: String) { self.word = word }
    init(payload: JSON) throws { word = payload["word"]?.stringValue ?? "" }
    func writePayload(to writer: inout JSONWriter) { writer.member("word", word) }
}

/// The other side is not there.
private struct NotThere: Error {}

@Suite struct WorkerTests {
    /// Writes the word and takes the job away, in one transaction.
    @Sendable private static func write(_ job: WriteWord, _ context: JobContext) async throws -> JobOutcome {
        try await context.finish { transaction in
            try await transaction.run(
                "INSERT INTO effect (tenant_id, word) VALUES (\(transaction.tenant), \(job.word))")
        }
    }

    private func writing() -> JobHandlers {
        var handlers = JobHandlers()
        handlers.on(WriteWord.self, Self.write)
        return handlers
    }

    private func stubborn(
        _ handle: @escaping @Sendable (Stubborn, JobContext) async throws -> JobOutcome
    ) -> JobHandlers {
        var handlers = writing()
        handlers.on(Stubborn.self, handle)
        return handlers
    }

    @Test("each job is carried out in the clinic of its row, leaves, and is counted")
    func carriedOut() async throws {
        try await JobClinic.with(2) { house in
            for clinic in house.clinics {
                for word in ["a", "b", "c"] { try await WriteWord(word).enqueue(in: clinic) }
            }
            try await house.workUntilIdle(writing())
            for clinic in house.clinics {
                #expect(try await house.effects(in: clinic).sorted() == ["a", "b", "c"])
            }
            #expect(try await house.states().isEmpty)
            let counted = try await house.place.script(
                "SELECT string_agg(kind || ' ' || outcome || ' ' || jobs, ',') FROM job_count")
            #expect(counted[0][0] == "write-word done 3,write-word done 3")
        }
    }

    @Test("a failing job is tried so often, then parked with the reason, and without a person's words")
    func parked() async throws {
        try await JobClinic.with { house in
            let memory = Memory()
            try await Stubborn("x").enqueue(in: house.first)
            try await house.workUntilIdle(
                stubborn { _, context in
                    memory.note("\(context.failedTries)")
                    throw HTTPFault(words: "refused for asha@example.org")
                })
            #expect(memory.all == ["0", "1", "2"])
            let row = try await house.place.script("SELECT state, tries::text, reason FROM job")[0]
            #expect(row[0] == "parked" && row[1] == "3")
            #expect(row[2]?.hasPrefix("HTTPFault(") == true && row[2]?.contains("asha") == false)
        }
    }

    private struct HTTPFault: Error { let words: String }

    @Test("what another try cannot mend is parked at once; so is a payload that cannot be read")
    func hopeless() async throws {
        try await JobClinic.with { house in
            try await Stubborn("x").enqueue(in: house.first)
            try await house.first.write { transaction in
                transaction.queue(
                    """
                    INSERT INTO job (tenant_id, lane, kind, payload, tries_max, state)
                    VALUES (\(transaction.tenant), 'analytics', 'write-word', '{}', 5, 'ready')
                    """)
            }
            try await house.workUntilIdle(stubborn { _, _ in throw HopelessJob("no such number") })
            let reasons = try await house.place.script("SELECT reason FROM job ORDER BY reason")
            #expect(
                reasons.compactMap { $0[0] } == [
                    "The payload cannot be read: there is no word", "no such number",
                ])
        }
    }

    @Test("a job that is put off costs no try; one that is dropped leaves")
    func laterAndDrop() async throws {
        try await JobClinic.with { house in
            let memory = Memory()
            try await Stubborn("x").enqueue(in: house.first)
            try await house.workUntilIdle(
                stubborn { _, context in
                    memory.note("\(context.failedTries)")
                    return memory.all.count < 6
                        ? .later(.milliseconds(5), because: "quiet hours") : .drop(because: "superseded")
                })
            #expect(memory.all == Array(repeating: "0", count: 6))
            #expect(try await house.states().isEmpty)
            #expect(try await house.place.script("SELECT outcome FROM job_count")[0][0] == "dropped")
        }
    }

    @Test("jobs of one subject run one at a time and in order, whatever fails in between; others beside them")
    func order() async throws {
        try await JobClinic.with(loops: 2) { house in
            let beside = Memory()
            for number in 0..<60 {
                try await Stubborn("\(number % 3) \(number)").enqueue(
                    in: house.first, subject: "apt_\(number % 3)")
            }
            try await house.workUntilIdle(
                stubborn { job, context in
                    if context.failedTries == 0, Int.random(in: 0..<4) == 0 { throw NotThere() }
                    await beside.inside { try? await Task.sleep(for: .milliseconds(Int.random(in: 0..<5))) }
                    return try await Self.write(WriteWord(job.word), context)
                })
            let effects = try await house.effects()
            for line in 0..<3 {
                let expected = (0..<60).filter { $0 % 3 == line }.map { "\(line) \($0)" }
                #expect(effects.filter { $0.hasPrefix("\(line) ") } == expected)
            }
            #expect(beside.mostAtOnce > 1 && beside.mostAtOnce <= 3)
        }
    }

    @Test("a parked job holds up nobody of its line")
    func parkedLeavesLine() async throws {
        try await JobClinic.with { house in
            let memory = Memory()
            for word in ["poison", "one", "two"] {
                try await Stubborn(word).enqueue(in: house.first, subject: "apt_1")
            }
            try await house.workUntilIdle(
                stubborn { job, _ in
                    if job.word == "poison" { throw NotThere() }
                    memory.note(job.word)
                    return .done
                })
            #expect(memory.all == ["one", "two"])
            #expect(try await house.states() == ["parked": 1])
        }
    }

    @Test("a job that takes too long is stopped, and that try has failed")
    func timeLimit() async throws {
        try await JobClinic.with { house in
            try await Stubborn("slow").enqueue(in: house.first)
            try await house.workUntilIdle(
                stubborn { _, _ in
                    try await Task.sleep(for: .seconds(60))
                    return .done
                })
            let row = try await house.place.script("SELECT tries::text, reason FROM job")[0]
            #expect(row == ["3", "it took too long"])
        }
    }

    @Test("a running job that is called off stops, leaves, and is not tried again")
    func calledOff() async throws {
        try await JobClinic.with { house in
            let memory = Memory()
            var handlers = JobHandlers()
            handlers.on(WriteWord.self) { _, _ in
                memory.note("begun")
                try await Task.sleep(for: .seconds(60))
                return .done
            }
            try await WriteWord("x").enqueue(in: house.first, key: "k")
            try await house.work(house.parts(handlers)) {
                try await house.until { memory.all.count == 1 }
                try await house.first.write { try await JobQueue.cancel(WriteWord.self, key: "k", in: $0) }
                try await house.until { try await house.states().isEmpty }
            }
            #expect(memory.all == ["begun"])
        }
    }

    @Test("a scheduled job runs when its time has come, not before")
    func scheduled() async throws {
        try await JobClinic.with { house in
            let text = try await house.place.script("SELECT extract(epoch FROM now())::bigint::text")[0][0]
            let due = Instant(seconds: (Int64(text ?? "") ?? 0) + 2)
            try await WriteWord("x").enqueue(in: house.first, notBefore: due)
            #expect(try await house.states() == ["scheduled": 1])
            try await house.workUntilIdle(writing())
            let late = try await house.place.script(
                "SELECT (now() >= to_timestamp(\(due.seconds)))::text")[0][0]
            #expect(late == "true")
            #expect(try await house.effects() == ["x"])
        }
    }

    @Test("the jobs of a suspended clinic wait until it is resumed")
    func suspended() async throws {
        try await JobClinic.with(2) { house in
            try await house.place.script(
                "UPDATE tenant SET suspended_at = now() WHERE id = \(house.first.tenant.number)")
            for clinic in house.clinics { try await WriteWord("x").enqueue(in: clinic) }
            try await house.work(house.parts(writing())) {
                try await house.until { try await house.effects(in: house.clinics[1]) == ["x"] }
                #expect(try await house.effects().isEmpty)
                try await house.place.script("UPDATE tenant SET suspended_at = NULL")
                try await house.until { try await house.effects() == ["x"] }
            }
        }
    }

    @Test("rests grow from try to try, differ by chance, and end at the longest")
    func rests() {
        let retries = Retries(tries: 9, first: .seconds(2), longest: .seconds(60))
        let plain = (1...8).map { retries.rest(afterTries: $0, chance: 0.5) }
        #expect(plain == [2, 4, 8, 16, 32, 60, 60, 60].map { .seconds($0) })
        #expect(retries.rest(afterTries: 1, chance: 0) == .seconds(1))
        #expect(Retries().rest(afterTries: 1000, chance: 0.5) == .seconds(3600))
    }
}
