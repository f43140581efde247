import Correspondence
import Database
import JobQueue
import Staffing
import Telemetry
import TestKit
import Testing
import Vocabulary

@testable import Outbox

extension JourneyHouse {
    /// Each clinic looks whether its roles are behind, and what it says of them is shown: of which roles.
    func tellOfOutdatedRoles() async throws -> [UniqueID] {
        try await carryOut(.outdatedRoles, named: "tell-outdated-roles")
        let facts = try await place.script(
            """
            DELETE FROM outbox WHERE kind = 'role.outdated'
            RETURNING tenant_id::text, subject_id::text, subject_version::text
            """)
        var roles: [UniqueID] = []
        for fact in facts {
            let tenant = TenantID(number: try #require(fact[0].flatMap { Int32($0) }))
            let role = try #require(fact[1].flatMap { UniqueID(uuidText: $0) })
            let event = RecordedEvent(
                tenant: tenant, position: OutboxPosition(transaction: 1, sequence: 1), kind: "role.outdated",
                subject: role, version: try #require(fact[2].flatMap { Int32($0) }), at: Self.now,
                payload: JSONText(Array("{}".utf8)))
            try await place.database.clinic(tenant).write { transaction in
                try await EventShowing().receive([event], in: transaction)
            }
            roles.append(role)
        }
        return roles
    }

    /// Both clinics' job of that name is carried out once.
    private func carryOut(_ sweep: Sweep, named kind: String) async throws {
        try await place.script(
            """
            INSERT INTO job (tenant_id, lane, kind, payload, tries_max, state)
            SELECT id, 'retention', '\(kind)', '{}', 1, 'ready' FROM tenant
            """)
        var handlers = JobHandlers()
        handlers.on(sweep)
        let clock = WallClock { Self.now }
        let crew = WorkerCrew(
            WorkerParts(
                database: place.database, handlers: handlers, name: "test",
                log: Log(to: LogSink(style: .json, clock: clock, batchBytes: 1 << 20)),
                figures: JobFigures(Metrics()), clock: clock),
            on: [place.loops[0]])
        crew.start()
        while try await place.script("SELECT FROM job WHERE kind = '\(kind)'").count > 0 {
            try await Task.sleep(for: .milliseconds(5))
        }
        await crew.stop()
    }
}
