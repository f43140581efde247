import Database
import JSON
import JobQueue
import TestKit
import Vocabulary

/// Clinics in a database of their own, for jobs to run in.
struct JobClinic: Sendable {
    let place: TestPlace
    let clinics: [TenantDatabase]

    var first: TenantDatabase { clinics[0] }

    /// Makes so many clinics, each with a table's worth of room for effects.
    static func with(
        _ count: Int = 1, loops: Int = 1, _ body: @escaping @Sendable (JobClinic) async throws -> Void
    ) async throws {
        try await TestDatabase.withPlace(loops: loops) { place in
            let rows = try await place.script(
                """
                CREATE TABLE effect (
                    tenant_id int NOT NULL, number bigint GENERATED ALWAYS AS IDENTITY, word text NOT NULL,
                    PRIMARY KEY (tenant_id, number));
                GRANT SELECT, INSERT ON effect TO nadi_app;
                INSERT INTO tenant (public_id, slug, name)
                SELECT gen_random_uuid(), 'clinic-' || n, 'Clinic' FROM generate_series(1, \(count)) n;
                SELECT id::text FROM tenant ORDER BY id
                """)
            let clinics = rows.compactMap { Int32($0[0] ?? "").map(TenantID.init(number:)) }
            try await body(JobClinic(place: place, clinics: clinics.map { place.database.clinic($0) }))
        }
    }

    /// What jobs have written, in order.
    func effects(in clinic: TenantDatabase? = nil) async throws -> [String] {
        let tenant = (clinic ?? first).tenant.number
        return try await place.script(
            "SELECT word FROM effect WHERE tenant_id = \(tenant) ORDER BY number"
        ).compactMap { $0[0] }
    }

    /// Jobs that are not finished, by their state.
    func states() async throws -> [String: Int] {
        let rows = try await place.script("SELECT state, count(*)::text FROM job GROUP BY state")
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] ?? "", Int($0[1] ?? "") ?? 0) })
    }
}

/// Writes a word into the clinic's table of effects.
struct WriteWord: Job {
    static let kind = "write-word"
    static let lane = Lane.analytics
    let word: String

    init(_ word: String) { self.word = word }

    init(payload: JSON) throws {
        guard let word = payload["word"]?.stringValue else { throw HopelessJob("there is no word") }
        self.word = word
    }

    func writePayload(to writer: inout JSONWriter) { writer.member("word", word) }
}

extension Job {
    /// Leaves the job in a transaction of its own.
    func enqueue(
        in clinic: TenantDatabase, key: String? = nil, subject: String? = nil, notBefore: Instant? = nil
    ) async throws {
        try await clinic.write {
            JobQueue.enqueue(self, key: key, subject: subject, notBefore: notBefore, in: $0)
        }
    }
}
