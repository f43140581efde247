import Database
import JSON
import JobQueue
import TestKit
import Testing
import Vocabulary

@Suite struct EnqueueTests {
    struct ChangedMind: Error {}

    @Test("a job exists when its cause is committed, and not when it is not")
    func withItsCause() async throws {
        try await JobClinic.with { house in
            try await WriteWord("kept").enqueue(in: house.first)
            await #expect(throws: ChangedMind.self) {
                try await house.first.write { transaction in
                    JobQueue.enqueue(WriteWord("undone"), in: transaction)
                    _ = try await transaction.run("SELECT 1")
                    throw ChangedMind()
                }
            }
            #expect(try await house.states() == ["ready": 1])
        }
    }

    @Test("the same work waits once, whoever asks for it")
    func uniqueByKey() async throws {
        try await JobClinic.with(2) { house in
            for clinic in house.clinics + house.clinics {
                try await WriteWord("once").enqueue(in: clinic, key: "a")
            }
            try await WriteWord("other").enqueue(in: house.first, key: "b")
            #expect(try await house.states() == ["ready": 3])
        }
    }

    @Test("of one subject one job is ready and the others stand behind it")
    func line() async throws {
        try await JobClinic.with(2) { house in
            for _ in 1...3 { try await WriteWord("x").enqueue(in: house.first, subject: "apt_1") }
            try await WriteWord("x").enqueue(in: house.first, subject: "apt_2")
            try await WriteWord("x").enqueue(in: house.clinics[1], subject: "apt_1")
            let tomorrow = Instant(seconds: 4_000_000_000)
            try await WriteWord("x").enqueue(in: house.first, subject: "apt_3", notBefore: tomorrow)
            try await WriteWord("x").enqueue(in: house.first, subject: "apt_3")
            #expect(try await house.states() == ["ready": 4, "behind": 2, "scheduled": 1])
        }
    }

    @Test("a job that is called off leaves, and lets the next of its subject go on")
    func cancelled() async throws {
        try await JobClinic.with { house in
            try await WriteWord("one").enqueue(in: house.first, key: "1", subject: "apt_1")
            try await WriteWord("two").enqueue(in: house.first, key: "2", subject: "apt_1")
            try await house.first.write { try await JobQueue.cancel(WriteWord.self, key: "1", in: $0) }
            #expect(try await house.states() == ["ready": 1])
            #expect(try await house.place.script("SELECT key FROM job")[0][0] == "2")
        }
    }

    @Test("of one subject two never run, whoever takes them")
    func alone() async throws {
        try await JobClinic.with(2) { house in
            for clinic in house.clinics {
                try await WriteWord("x").enqueue(in: clinic, subject: "apt_1")
                try await WriteWord("x").enqueue(in: clinic, subject: "apt_1")
            }
            let take = "UPDATE job SET state = 'running', holder = gen_random_uuid() WHERE state = "
            try await house.place.script(take + "'ready'")
            await #expect(throws: (any Error).self) { try await house.place.script(take + "'behind'") }
            #expect(try await house.states() == ["running": 2, "behind": 2])
        }
    }

    @Test("ids are UUIDs of version 7: jobs made later sort later")
    func ids() async throws {
        try await JobClinic.with { house in
            for _ in 1...3 {
                try await WriteWord("x").enqueue(in: house.first)
                _ = try await house.place.script("SELECT pg_sleep(0.005)")
            }
            let rows = try await house.place.script("SELECT id::text FROM job ORDER BY place")
            let ids = rows.compactMap { $0[0].flatMap { UniqueID(uuidText: $0) } }
            #expect(ids == ids.sorted() && ids.count == 3)
            #expect(rows.allSatisfy { $0[0]?.dropFirst(14).first == "7" })
        }
    }
}
