import Database
import EventLoop
import JSON
import JobQueue
import TestKit
import Testing
import Vocabulary

@Suite(.serialized) struct FairnessTests {
    /// Fills a clinic's part of the lane of `WriteWord` with so many jobs.
    private func flood(
        _ clinic: TenantDatabase, _ count: Int, in house: JobClinic, lane: String = "analytics",
        kind: String = "write-word", state: String = "ready", dueSeconds: Int = 0
    ) async throws {
        try await house.place.script(
            """
            INSERT INTO job (tenant_id, lane, kind, payload, tries_max, state, run_at)
            SELECT \(clinic.tenant.number), '\(lane)', '\(kind)', '{"word": "flood"}', 5, '\(state)',
                now() - interval '\(dueSeconds) s' FROM generate_series(1, \(count))
            """)
    }

    private func handlers(
        _ memory: Memory, lasting: Duration, _ word: @escaping @Sendable (JobContext) -> String
    ) -> JobHandlers {
        var handlers = JobHandlers()
        handlers.on(WriteWord.self) { _, context in
            memory.note(word(context))
            try await memory.inside { try await Task.sleep(for: lasting) }
            return .done
        }
        return handlers
    }

    @Test("a hundred thousand jobs of one clinic delay another's one by less than a second")
    func neighbour() async throws {
        try await JobClinic.with(2) { house in
            let memory = Memory(), other = house.clinics[1]
            try await flood(house.first, 100_000, in: house)
            let parts = house.parts(
                handlers(memory, lasting: .milliseconds(200)) { "\($0.clinic.tenant.number)" })
            try await house.work(parts) {
                try await house.until { memory.all.count > 4 }
                let began = ContinuousClock.now
                try await WriteWord("one").enqueue(in: other)
                try await house.until { memory.all.contains("\(other.tenant.number)") }
                let waited = ContinuousClock.now - began
                #expect(waited < .seconds(1), "\(waited)")
                try await house.place.script("DELETE FROM job WHERE state = 'ready'")
            }
        }
    }

    @Test(
        "fifty thousand jobs of one clinic that are due at once delay another's one by a few seconds at most",
        arguments: ["scheduled", "later"])
    func due(_ state: String) async throws {
        try await JobClinic.with(2) { house in
            let memory = Memory(), other = house.clinics[1]
            try await flood(house.first, 50_000, in: house, state: state, dueSeconds: 60)
            try await flood(other, 1, in: house, state: state)
            let parts = house.parts(
                handlers(memory, lasting: .milliseconds(1)) { "\($0.clinic.tenant.number)" })
            try await house.work(parts) {
                try await house.until(within: .seconds(6)) { memory.all.contains("\(other.tenant.number)") }
                try await house.place.script("DELETE FROM job WHERE state <> 'running'")
            }
        }
    }

    @Test("the oldest job is found whosever it is, and what waits for a suspended clinic is no delay")
    func oldest() async throws {
        try await JobClinic.with(3) { house in
            try await flood(house.first, 150, in: house)
            try await flood(house.clinics[1], 1, in: house, dueSeconds: 3600)
            try await flood(house.clinics[2], 1, in: house, dueSeconds: 7200)
            try await house.place.script(
                "UPDATE tenant SET suspended_at = now() WHERE id = \(house.clinics[2].tenant.number)")
            func oldest(_ views: [LaneView]) -> Int? { views.first { $0.lane == .analytics }?.oldestSeconds }
            let all = oldest(try await LaneView.all(in: house.place.database))
            #expect((3600..<3660).contains(try #require(all)))
            #expect((0..<60).contains(try #require(oldest(try await LaneView.all(in: house.first)))))
        }
    }

    @Test("a parked job that is given back waits until the one of its subject that runs is finished")
    func givenBack() async throws {
        try await JobClinic.with { house in
            let memory = Memory()
            var handlers = JobHandlers()
            handlers.on(WriteWord.self) { job, _ in
                memory.note(job.word)
                try await memory.inside { try await Task.sleep(for: .milliseconds(400)) }
                return .done
            }
            try await WriteWord("first").enqueue(in: house.first, subject: "apt_1")
            try await house.place.script("UPDATE job SET state = 'parked'")
            try await WriteWord("second").enqueue(in: house.first, subject: "apt_1")
            try await house.work(house.parts(handlers)) {
                try await house.until { memory.all == ["second"] }
                let parked: [ID<WaitingJob>] = try await house.first.rows(
                    "SELECT id FROM job WHERE tenant_id = \(house.first.tenant) AND state = 'parked'")
                let id = try #require(parked.first)
                #expect(try await house.first.write { try await JobQueue.retry(id, in: $0) } != nil)
                try await house.until { try await house.states().isEmpty }
            }
            #expect(memory.all == ["second", "first"])
            #expect(memory.mostAtOnce == 1)
        }
    }

    @Test("no more run at once than the lane and the clinic may, over all workers")
    func limits() async throws {
        try await JobClinic.with(6, loops: 2) { house in
            let memory = Memory(), perClinic = house.clinics.map { _ in Memory() }
            for clinic in house.clinics { try await flood(clinic, 60, in: house) }
            let first = house.first.tenant.number
            var handlers = JobHandlers()
            handlers.on(WriteWord.self) { _, context in
                await memory.inside {
                    await perClinic[Int(context.clinic.tenant.number - first)].inside {
                        try? await Task.sleep(for: .milliseconds(10))
                    }
                }
                return .done
            }
            try await house.workUntilIdle(handlers)
            let limits = Lane.analytics.usualLimits
            #expect(memory.mostAtOnce == limits.atOnce)
            #expect(perClinic.map(\.mostAtOnce).max() == limits.perClinic)
        }
    }

    /// Waits in a lane that is wide enough to be shared by weight.
    private struct Wide: Job {
        static let kind = "wide"
        static let lane = Lane.reminder

        init(payload: JSON) {}
        func writePayload(to writer: inout JSONWriter) {}
    }

    @Test("clinics that all have more to do than fits have as many running as they weigh")
    func weights() async throws {
        try await JobClinic.with(3) { house in
            let inside = house.clinics.map { _ in Memory() }, first = house.first.tenant.number
            for clinic in house.clinics {
                try await flood(clinic, 3000, in: house, lane: "reminder", kind: "wide")
            }
            try await house.place.script("UPDATE tenant SET job_weight = 3 WHERE id = \(first)")
            var handlers = JobHandlers()
            handlers.on(Wide.self) { _, context in
                let place = Int(context.clinic.tenant.number - first)
                inside[place].note("")
                await inside[place].inside { try? await Task.sleep(for: .milliseconds(20)) }
                return .done
            }
            try await house.work(house.parts(handlers)) {
                try await house.until { inside.map(\.all.count).reduce(0, +) > 2500 }
                try await house.place.script("DELETE FROM job WHERE state = 'ready'")
            }
            let (heavy, light) = (inside[0].all.count, inside[1].all.count + inside[2].all.count)
            let ratio = Double(heavy) / (Double(light) / 2)
            #expect((2.2...3.8).contains(ratio), "\(heavy) against \(light) of two")
        }
    }

    @Test("a job of which nobody was told is found although another lane keeps the worker busy")
    func untold() async throws {
        try await JobClinic.with(1) { house in
            let memory = Memory()
            var handlers = self.handlers(memory, lasting: .milliseconds(2)) { _ in "busy" }
            handlers.on(Wide.self) { _, _ in
                memory.note("found")
                return .done
            }
            try await flood(house.first, 20_000, in: house)
            try await house.work(house.parts(handlers)) {
                try await house.until { memory.all.count > 20 }
                try await flood(house.first, 1, in: house, lane: "reminder", kind: "wide")
                try await house.until(within: .seconds(3)) { memory.all.contains("found") }
                #expect(try await house.states()["ready"] ?? 0 > 0)
                try await house.place.script("DELETE FROM job WHERE state = 'ready'")
            }
        }
    }

    @Test("clinics that are suspended hold up nobody, however many of them have jobs")
    func suspended() async throws {
        try await JobClinic.with(120) { house in
            let memory = Memory(), last = house.clinics[119]
            for clinic in house.clinics { try await flood(clinic, 1, in: house) }
            try await house.place.script(
                "UPDATE tenant SET suspended_at = now() WHERE id <> \(last.tenant.number)")
            let parts = house.parts(
                handlers(memory, lasting: .milliseconds(1)) { "\($0.clinic.tenant.number)" })
            try await house.work(parts) {
                try await house.until(within: .seconds(5)) { memory.all == ["\(last.tenant.number)"] }
            }
        }
    }

    @Test("an operator's limits of a lane are heeded, and the usual ones when they are taken back")
    func ownLimits() async throws {
        try await JobClinic.with(3) { house in
            let lane = Lane.analytics
            try await LaneLimits.set(Lane.Limits(atOnce: 3, perClinic: 1), of: lane, in: house.place.database)
            let memory = Memory()
            for clinic in house.clinics { try await flood(clinic, 20, in: house) }
            try await house.workUntilIdle(handlers(memory, lasting: .milliseconds(5)) { _ in "" })
            #expect(memory.mostAtOnce == 3)
            #expect(try await LaneView.all(in: house.first).first { $0.lane == lane }?.limits.perClinic == 1)
            try await LaneLimits.set(nil, of: lane, in: house.place.database)
            let views = try await LaneView.all(in: house.place.database)
            #expect(views.allSatisfy { $0.limits == $0.lane.usualLimits } && views.count == 21)
        }
    }

    @Test("with many clinics each gets its turn, and none twice before another once")
    func turns() async throws {
        try await JobClinic.with(100) { house in
            let memory = Memory()
            for clinic in house.clinics { try await flood(clinic, 20, in: house) }
            let parts = house.parts(
                handlers(memory, lasting: .milliseconds(1)) { "\($0.clinic.tenant.number)" })
            try await house.work(parts) {
                try await house.until { memory.all.count >= 300 }
                try await house.place.script("DELETE FROM job WHERE state = 'ready'")
            }
            #expect(Set(memory.all.prefix(200)).count > 90)
        }
    }
}
