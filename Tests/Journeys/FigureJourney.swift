import JSON
import Records
import Scheduling
import Tenancy
import TestKit
import Testing
import Vocabulary

@Suite("Figures tell how many came, and of nobody who", .timeLimit(.minutes(2)))
struct FigureJourney {
    private let lastWeek = "/v1/appointment-figures?from=2026-12-21"

    @Test("whoever may read de-identified is told figures alone, and nothing that a row says of anybody")
    func nobody() async throws {
        try await JourneyHouse.open { house in
            try await house.fillLastWeek()
            let analyst = try await house.analyst()
            #expect(try await analyst.send("GET", "/v1/appointments" + JourneyHouse.month).status == 403)
            let told = try await analyst.send("GET", lastWeek)
            #expect(told.status == 200, "\(told.text)")
            let figures = try told.parsed["figures"]?.arrayValue ?? []
            #expect(figures.map { $0["count"]?.integerValue } == [5, 7])
            #expect(figures.map { $0["days"]?.integerValue } == [7, 1])
            #expect(figures[1]["from"]?.stringValue == "2026-12-22")
            #expect(
                figures[1]["outcome"]?.stringValue == "open" && figures[0]["outcome"]?.stringValue == "missed"
            )
            #expect(figures[0]["from"]?.stringValue == "2026-12-21" && told["etag"] == nil)
            // Everything that the rows of patients and appointments hold, but for what figures are made of.
            let values = try await house.rows(
                """
                SELECT DISTINCT value FROM (SELECT to_jsonb(a) each FROM appointment a UNION ALL
                    SELECT to_jsonb(p) FROM patient p UNION ALL SELECT to_jsonb(s) FROM staff_member s) row,
                    jsonb_each_text(each)
                WHERE key NOT IN ('visit_type', 'location_id', 'stage') AND length(value) > 3 AND value <> 'true'
                """
            ).compactMap(\.self)
            #expect(values.count > 40)
            for value in values {
                #expect(!told.text.contains(value), "\(value)")
                guard let id = UniqueID(uuidText: value) else { continue }
                #expect(!told.text.contains(ID<Patient>(id).text.dropFirst(4)), "\(value)")
            }
            #expect(!told.text.contains("09:13") && !told.text.contains("T0"))
        }
    }

    @Test("whole weeks that are over, of one's own places; another clinic's are not among them")
    func bounds() async throws {
        try await JourneyHouse.open { house in
            try await house.fillLastWeek()
            let analyst = try await house.analyst()
            for (query, code) in [
                ("from=2026-12-22", "wrong_day"), ("from=2026-12-28", "not_over"),
                ("from=2026-12-21&weeks=2", "not_over"), ("from=2026-12-21&weeks=6", "out_of_range"),
            ] {
                let told = try await analyst.send("GET", "/v1/appointment-figures?\(query)")
                #expect(told.status == 422, "\(query)")
                #expect(
                    try told.parsed["errors"]?.arrayValue?.first?["code"]?.stringValue == code, "\(told.text)"
                )
            }
            #expect(try await analyst.json(lastWeek + "&weeks=1")["figures"]?.arrayValue?.count == 2)
            #expect(try await house.second.desk.json(lastWeek)["figures"] == [])
            #expect(try await house.second.practitioner.json(lastWeek)["figures"] == [])
            let elsewhere = try await analyst.json("/v1/appointment-figures?from=2026-12-14")
            #expect(elsewhere["figures"] == [])
        }
    }
}

extension JourneyHouse {
    /// Seven visits on a Tuesday, five that were missed on as many days, and four of another kind.
    fileprivate func fillLastWeek() async throws {
        _ = try await rows(
            """
            INSERT INTO appointment (tenant_id, id, patient_id, practitioner_id, location_id, plugin, plugin_version,
                visit_type, starts_at, ends_at, local_start, zone, stage, reason)
            SELECT p.tenant_id, gen_random_uuid(), p.id, r.id, l.id, 'journey', 1, v.kind, v.at AT TIME ZONE 'Europe/Bucharest',
                v.at AT TIME ZONE 'Europe/Bucharest' + interval '30 minutes', v.at, 'Europe/Bucharest', v.stage,
                'A pain in the left knee.'
            FROM (SELECT timestamp '2026-12-22 09:13' at, 'consultation' kind, 'booked' stage FROM generate_series(1, 7)
                UNION ALL SELECT timestamp '2026-12-21 11:07' + day * interval '1 day', 'consultation', 'missed'
                    FROM generate_series(0, 4) day
                UNION ALL SELECT timestamp '2026-12-23 10:00', 'massage', 'finished' FROM generate_series(1, 4)) v,
                patient p, practitioner r, location l
            WHERE p.tenant_id = \(first.tenant.id.number) AND p.id = '\(first.cast.patient.unique)'
                AND r.tenant_id = p.tenant_id AND r.id = '\(first.cast.practitioner.unique)' AND l.tenant_id = p.tenant_id
            """)
    }

    /// Somebody of the clinic's chain, who reads de-identified.
    fileprivate func analyst() async throws -> WireCaller {
        _ = try await rows(
            """
            UPDATE staff_role SET role = 'org.analyst', location_id = NULL
            WHERE staff_member_id = '\(first.cast.receptionist.unique)'
            """)
        try await settle()
        return first.desk
    }
}
