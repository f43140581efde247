import Crypto
import Database
import Synchronization
import Telemetry
import Tenancy
import TestKit
import Vocabulary

@testable import Auditing

/// A clinic with an audit trail, somebody who seals it, and a clock that a test sets.
struct ChainClinic: Sendable {
    let place: TestPlace
    let clinic: TenantDatabase
    let sealer: AuditSealer
    let clock: SetClock

    /// The first of January 2027, at noon.
    static let noon = Instant(seconds: 1_798_804_800)

    static func with(_ body: @escaping @Sendable (ChainClinic) async throws -> Void) async throws {
        try await TestDatabase.withPlace { place in
            let rows = try await place.script(
                """
                INSERT INTO tenant (public_id, slug, name) VALUES
                    ('01931c6e-5f00-7cc5-b6e0-000000000001', 'asha', 'Asha'),
                    ('01931c6e-5f00-7cc5-b6e0-000000000002', 'ravi', 'Ravi');
                SELECT id::text FROM tenant ORDER BY id
                """)
            let clock = SetClock(noon)
            let sealer = AuditSealer(
                under: try secret(5), clock: clock.wall,
                log: Log(to: LogSink(style: .json, clock: clock.wall, batchBytes: 0), from: .error))
            let tenant = TenantID(number: Int32(rows[0][0] ?? "") ?? 0)
            try await body(
                ChainClinic(place: place, clinic: place.database.clinic(tenant), sealer: sealer, clock: clock)
            )
        }
    }

    static func secret(_ byte: UInt8) throws -> Secret {
        try Secret(rawBytes: Array(repeating: byte, count: 32))
    }

    /// Adds so many events, a second after each other, the last one now.
    func add(_ count: Int) async throws {
        for place in 0..<count {
            try await add(at: clock.now - .seconds(Int64(count - 1 - place)), "act-\(place)")
        }
    }

    func add(at instant: Instant, _ act: String = "patients.read") async throws {
        try await clinic.once(
            """
            INSERT INTO audit_event (tenant_id, id, at, caller_kind, act, detail)
            VALUES (\(clinic.tenant), \(UniqueID.random(at: instant)), \(instant), 'staff', \(act),
                '{"b": 1, "a": [true, null]}')
            """)
    }

    /// Moves the clock on, then seals everything.
    func seal(after seconds: Int64 = 10) async throws {
        clock.advance(.seconds(seconds))
        while try await sealer.sealNext(in: clinic) {}
    }

    /// What an inspection finds a moment later.
    func inspect(kept: [AuditHead] = [], trusting keys: [VerifyingKey]? = nil) async throws -> AuditVerdict {
        try await AuditInspection(
            of: clinic, trusting: keys ?? [sealer.seal.verifyingKey], kept: kept, at: clock.now
        ).run()
    }

    /// Does something that no login of the program may, as whoever owns the server could.
    func tamper(_ script: String) async throws {
        try await place.script("SET app.tenant_id = '\(clinic.tenant.number)'; " + script)
    }
}

/// A clock that stands still until it is told otherwise.
final class SetClock: Sendable {
    private let moment: Mutex<Instant>

    init(_ instant: Instant) { moment = Mutex(instant) }

    var now: Instant { moment.withLock { $0 } }
    var wall: WallClock { WallClock { self.now } }
    func advance(_ duration: Duration) { moment.withLock { $0 = $0 + duration } }
}
