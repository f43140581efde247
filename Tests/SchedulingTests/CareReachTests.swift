import Database
import Identity
import Shapes
import TestKit
import Testing
import Vocabulary

@testable import Access
@testable import Records
@testable import Scheduling

/// A clinic of which is known who cares for whom, worked out once more without a database.
private struct CareClinic {
    struct Visit {
        let patient: Int, carer: Int
        let start: Instant
        let stage: String
    }
    struct Membership {
        let patient: Int, carer: Int
        let since: Instant
        let until: Instant?
        let isRemoved: Bool
    }

    let clinic: TestClinic
    let visits: [Visit]
    let teams: [Membership]

    static let stages = [
        "booked", "arrived", "finished", "missed", "requested", "cancelled", "expired", "declined",
        "entered-in-error",
    ]
    static let void: Set = ["cancelled", "expired", "declined", "entered-in-error"]

    /// Visits on both sides of every border, and memberships that are over, to come, or have no end.
    init(_ clinic: TestClinic, _ random: inout some RandomNumberGenerator) {
        self.clinic = clinic
        let hours = [-900, -721, -720, -719, -40, -25, -11, -1, 0, 1, 9, 13, 30, 800]
        visits = (0..<60).map { _ in
            Visit(
                patient: .random(in: 0..<12, using: &random), carer: .random(in: 0..<3, using: &random),
                start: clinic.nine + .seconds(3600 * (hours.randomElement(using: &random) ?? 0)),
                stage: Self.stages.randomElement(using: &random) ?? "booked")
        }
        teams = (0..<6).map { _ in
            let since = clinic.nine + .seconds(Int64.random(in: -9...2, using: &random) * 3600)
            let until = [nil, 1, 5, 20].randomElement(using: &random) ?? nil
            return Membership(
                patient: .random(in: 12..<20, using: &random), carer: .random(in: 0..<3, using: &random),
                since: since, until: until.map { since + .seconds(3600 * $0) },
                isRemoved: .random(using: &random))
        }
    }

    func store() async throws {
        let tenant = clinic.database.tenant.number
        var sql = "SELECT set_config('app.tenant_id', '\(tenant)', false);"
        for visit in visits {
            let cancelled = visit.stage == "cancelled" ? "now()" : "NULL"
            sql += """
                INSERT INTO appointment (tenant_id, id, patient_id, practitioner_id, location_id, plugin,
                    plugin_version, visit_type, starts_at, ends_at, local_start, zone, stage, cancelled_at)
                VALUES (\(tenant), gen_random_uuid(), '\(clinic.patients[visit.patient].unique)',
                    '\(clinic.practitioners[visit.carer].unique)', '\(clinic.location.unique)', 'p', 1, 'v',
                    '\(visit.start.text)', '\((visit.start + .seconds(1800)).text)',
                    '\(visit.start.text)'::timestamptz AT TIME ZONE 'Europe/Bucharest', 'Europe/Bucharest',
                    '\(visit.stage)', \(cancelled));
                """
        }
        for each in teams {
            let until = each.until.map { "'\($0.text)'" } ?? "NULL"
            let removed = each.isRemoved ? "now(), gen_random_uuid()" : "NULL, NULL"
            sql += """
                INSERT INTO care_team (tenant_id, id, patient_id, staff_member_id, since, valid_until, added_by,
                    removed_at, removed_by)
                VALUES (\(tenant), gen_random_uuid(), '\(clinic.patients[each.patient].unique)',
                    '\(clinic.practitioners[each.carer].unique)', '\(each.since.text)', \(until),
                    gen_random_uuid(), \(removed));
                """
        }
        try await clinic.place.script(sql)
    }

    /// Who is in somebody's care, without the database's help.
    func patients(of carer: Int, at now: Instant, onlyToday: Bool) -> Set<ID<Patient>> {
        let day = clinic.zone.clinicTime(at: now).day
        let seen = visits.filter { visit in
            let counts =
                onlyToday
                ? clinic.zone.clinicTime(at: visit.start).day == day
                : visit.start >= now - .seconds(30 * 86_400)
            return visit.carer == carer && counts && !Self.void.contains(visit.stage)
        }
        let teamed = teams.filter {
            $0.carer == carer && !$0.isRemoved && $0.since <= now && ($0.until.map { $0 > now } ?? true)
        }
        return Set((seen.map(\.patient) + teamed.map(\.patient)).map { clinic.patients[$0] })
    }
}

@Suite("Care: nobody without assignment sees a row", .timeLimit(.minutes(2)))
struct CareReachTests {
    private func sight(_ carer: Carer) -> Sight {
        let reach = PatientReach(locations: .only([]), carer: carer)
        return Sight([Sight.View(reach: reach, hidden: HiddenMembers())], together: reach)
    }

    @Test("lists, their pages, single reads and appointments show exactly those in care", arguments: 1...4)
    func exact(seed: UInt64) async throws {
        try await TestDatabase.withPlace { place in
            var random = Chance(seed: seed)
            let clinic = try await TestClinic(in: place, practitioners: 3, patients: 20)
            let care = CareClinic(clinic, &random)
            try await care.store()
            for carer in 0..<3 {
                for isOfToday in [false, true] {
                    try await check(care, carer, isOfToday)
                }
            }
        }
    }

    private func check(_ care: CareClinic, _ number: Int, _ isOfToday: Bool) async throws {
        let clinic = care.clinic, tenant = clinic.database.tenant, now = clinic.nine
        let today = Carer.LocalDay(zone: "Europe/Bucharest", day: clinic.zone.clinicTime(at: now).day)
        let carer = Carer(
            ID(clinic.practitioners[number].unique), at: now, today: isOfToday ? [today] : nil)
        let sight = sight(carer), expected = care.patients(of: number, at: now, onlyToday: isOfToday)

        var (listed, last, pages) = ([ID<Patient>](), PatientPlace.start, 0)
        while pages < 20 {
            let page: [FoundPatient] = try await clinic.database.rows(
                Patient.named("", after: last, limit: 3, within: sight, in: tenant))
            listed += page.map(\.seen.patient.id)
            pages += 1
            guard let end = page.last else { break }
            last = end.place
        }
        #expect(Set(listed) == expected && listed.count == expected.count)

        for patient in clinic.patients {
            let single: [SeenPatient] = try await clinic.database.rows(
                Patient.withID(patient, within: sight, in: tenant))
            #expect(single.count == (expected.contains(patient) ? 1 : 0))
            let cares: Bool? = try await clinic.database.row(carer.cares(for: patient, in: tenant))
            #expect(cares == expected.contains(patient))
        }

        let wish = AppointmentWish(
            after: .before(now - .seconds(90 * 86_400)), until: now + .seconds(90 * 86_400),
            practitioner: nil,
            patient: nil, reach: sight.reach, limit: 200)
        let seen: [Appointment] = try await clinic.database.rows(Appointment.page(wish, in: tenant))
        #expect(seen.allSatisfy { expected.contains($0.patient) })
        let all = care.visits.filter { expected.contains(clinic.patients[$0.patient]) }
        #expect(seen.count == all.count)
    }

    @Test("of rows that two rights reach differently each is shown by the one that reaches it")
    func views() async throws {
        try await TestDatabase.withPlace { place in
            var random = Chance(seed: 9)
            let clinic = try await TestClinic(in: place, practitioners: 3, patients: 20)
            let care = CareClinic(clinic, &random)
            try await care.store()
            let carer = Carer(ID(clinic.practitioners[0].unique), at: clinic.nine)
            let nameless = Patient.shape.hidden(exceptParts: ["phone"])
            let everybody = PatientReach(locations: .everywhere)
            let sight = Sight(
                [
                    Sight.View(reach: everybody, hidden: nameless),
                    Sight.View(
                        reach: PatientReach(locations: .only([]), carer: carer), hidden: HiddenMembers()),
                ], together: everybody)
            let mine = care.patients(of: 0, at: clinic.nine, onlyToday: false)
            let all = Patient.named("", after: .start, limit: 50, within: sight, in: clinic.database.tenant)
            let found: [FoundPatient] = try await clinic.database.rows(all)
            #expect(found.count == 20 && !mine.isEmpty && mine.count < 20)
            for each in found {
                let hidden = sight.hidden(inViews: each.seen.views)
                #expect(hidden == (mine.contains(each.seen.patient.id) ? HiddenMembers() : nameless))
            }
        }
    }
}
