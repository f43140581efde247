import Database
import EventLoop
import Glibc
import TestKit
import Testing
import Vocabulary

/// What happens when connections, or the whole server, go away.
@Suite struct LossTests {
    /// As the loops count.
    private static func monotonicMilliseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
    }

    private static func kill(_ place: TestPlace, _ condition: String) async throws {
        try await place.script(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = '\(place.name)' AND usename = 'nadi_app' AND \(condition)
            """
        )
    }

    @Test("a connection lost after the commit was sent leaves the outcome unknown, and says so")
    func commitUnknown() async throws {
        try await Clinic.with { place, clinic async throws in
            // The commit waits in a deferred trigger, and there the connection is cut.
            try await place.script(
                """
                CREATE SEQUENCE commits;
                GRANT USAGE ON commits TO nadi_app;
                CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql
                    AS 'BEGIN PERFORM nextval(''commits''); PERFORM pg_sleep(20); RETURN NULL; END';
                CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON chair DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION dawdle();
                """)
            for isOnce in [true, false] {
                let task = Task(executorPreference: place.loops[0]) {
                    let insert: SQL = "INSERT INTO chair (tenant_id, id) VALUES (1, 300)"
                    if isOnce {
                        try await clinic.once(insert)
                    } else {
                        _ = try await clinic.write { try await $0.run(insert) }
                    }
                }
                try await waitUntil(place.loops[0]) {
                    try await place.script(
                        """
                        SELECT count(*) FROM pg_stat_activity
                        WHERE wait_event = 'PgSleep' AND datname = '\(place.name)'
                        """
                    ) == [["1"]]
                }
                try await Self.kill(place, "wait_event = 'PgSleep'")
                let outcome = await task.result
                #expect(throws: DatabaseError.commitUnknown) { try outcome.get() }
            }
            #expect(try await clinic.row("SELECT count(*) FROM chair WHERE id = 300", as: Int.self) == 0)
            #expect(
                try await place.script("SELECT last_value FROM commits") == [["2"]], "each was tried once")
        }
    }

    @Test("reads in flight when their connection is cut are answered by another")
    func readsGoOn() async throws {
        try await Clinic.with { place, clinic async throws in
            _ = try await clinic.row("SELECT 1", as: Int.self)
            try await Self.kill(place, "true")
            for _ in 0..<20 {
                #expect(try await clinic.row("SELECT count(*) FROM chair", as: Int.self) == 100)
            }
        }
    }

    @Test("a server that is away is noticed, answered for at once, and noticed again when it is back")
    func serverAway() async throws {
        try await withServer { server, database in
            let clinic = database.clinic(Clinic.first)
            let loop = try #require(EventLoop.current)
            database.start()
            try await waitUntil(loop) { database.isReachable }
            #expect(try await clinic.row("SELECT 1", as: Int.self) == 1)

            server.stop()
            #expect(try await within(.seconds(2), loop) { !database.isReachable })
            for write in [false, true] {
                let began = ContinuousClock.now
                await #expect(throws: DatabaseError.unavailable(retryAfter: .seconds(1))) {
                    if write {
                        try await clinic.once("SELECT 1")
                    } else {
                        _ = try await clinic.row("SELECT 1", as: Int.self)
                    }
                }
                #expect(began.duration(to: .now) < .seconds(1))
            }
            try server.start()
            #expect(try await within(.seconds(5), loop) { database.isReachable })
            #expect(try await clinic.row("SELECT 1", as: Int.self) == 1)
            #expect(try await clinic.once("SELECT 1") == 1)
        }
    }

    @Test("a server that stands still fails requests by their deadline, and is noticed")
    func frozen() async throws {
        try await withServer(deadline: .seconds(2)) { server, database in
            let clinic = database.clinic(Clinic.first)
            let loop = try #require(EventLoop.current)
            database.start()
            try await waitUntil(loop) { database.isReachable }
            #expect(try await clinic.row("SELECT 1", as: Int.self) == 1)
            #expect(try await clinic.once("SELECT 1") == 1)
            server.signal(SIGSTOP)
            let began = ContinuousClock.now
            async let read = clinic.row("SELECT 2", as: Int.self)
            #expect(try await within(.seconds(2), loop) { !database.isReachable })
            await #expect(throws: DatabaseError.self) { try await clinic.once("SELECT 1") }
            do {
                _ = try await read
                Issue.record("a frozen server answered")
            } catch { #expect(error as? DatabaseError != nil) }
            #expect(began.duration(to: .now) < .seconds(4))
            server.signal(SIGCONT)
            #expect(try await within(.seconds(5), loop) { database.isReachable })
            #expect(try await clinic.row("SELECT 3", as: Int.self) == 3)
        }
    }

    @Test("listeners hear what is said, and are told to read anew after a gap")
    func notifications() async throws {
        try await withServer { server, database in
            let clinic = database.clinic(Clinic.first)
            var notices = database.notifications.subscribe(to: "tenant_changed").makeAsyncIterator()
            #expect(await notices.next() == .reread)
            try await clinic.once("SELECT pg_notify('tenant_changed', '17')")
            #expect(await notices.next() == .payload("17"))
            try await clinic.once("SELECT pg_notify('something_else', '18')")
            server.stop()
            try server.start()
            #expect(await notices.next() == .reread)
            try await clinic.once("SELECT pg_notify('tenant_changed', '19')")
            #expect(await notices.next() == .payload("19"))
        }
    }

    @Test(
        "a pulse comes after everything said before it, stops with the server, and begins again after .reread"
    )
    func pulse() async throws {
        try await withServer { server, database in
            let clinic = database.clinic(Clinic.first)
            var notices = database.notifications.subscribe(to: "tenant_changed", withPulse: true)
                .makeAsyncIterator()
            #expect(await notices.next() == .reread)
            for number in 0..<20 {
                try await clinic.once("SELECT pg_notify('tenant_changed', \(String(number)))")
                let said = Self.monotonicMilliseconds()
                var heard = await notices.next()
                while case .pulse(let moment) = heard {
                    #expect(moment <= said, "it was said before this pulse was asked for")
                    heard = await notices.next()
                }
                #expect(heard == .payload("\(number)"))
            }
            server.stop()
            try server.start()
            var heard = await notices.next()
            while case .pulse = heard { heard = await notices.next() }
            #expect(heard == .reread)
            guard case .pulse = await notices.next() else {
                Issue.record("no pulse after the server came back")
                return
            }
        }
    }
}
