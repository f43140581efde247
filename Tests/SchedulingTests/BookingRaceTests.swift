import Database
import EndpointKit
import JSON
import Shapes
import TestKit
import Testing
import Vocabulary

@testable import Scheduling

@Suite("Booking", .timeLimit(.minutes(2)))
struct BookingRaceTests {
    @Test(
        "64 callers who want one slot: exactly one has it, twenty times over, and nobody waits for a deadlock"
    )
    func oneSlot() async throws {
        try await TestDatabase.withPlace(loops: 2) { place in
            let clinic = try await TestClinic(in: place, practitioners: 1, patients: 64)
            for slot in 0..<20 {
                // Sixteen half hours on Monday, four on Tuesday.
                let minutes = slot / 16 * 1440 + slot % 16 * 30
                let wishes = (0..<64).map { clinic.booking($0, with: 0, at: minutes) }
                #expect(try await wins(in: place, wishes, clinic) == 1)
            }
            #expect(try await clinic.overlaps() == 0)
            #expect(try await clinic.count("SELECT count(*) FROM appointment") == 20)
            #expect(try await clinic.count("SELECT count(*) FROM reservation") == 40)
            #expect(try await clinic.deadlocks() == 0)
        }
    }

    @Test(
        "two practitioners and two patients, wanted crosswise: nobody is at two visits, and nobody deadlocks")
    func crosswise() async throws {
        try await TestDatabase.withPlace(loops: 2) { place in
            let clinic = try await TestClinic(in: place)
            for slot in 0..<16 {
                let crossed = (0..<32).map { number in
                    clinic.booking(number % 2, with: number / 2 % 2, at: slot * 30)
                }
                let wins = try await wins(in: place, crossed, clinic)
                #expect((1...2).contains(wins))
            }
            #expect(try await clinic.overlaps() == 0)
            #expect(try await clinic.deadlocks() == 0)
        }
    }

    @Test("three rooms for eight practitioners: three visits at a time, each in a room of its own")
    func rooms() async throws {
        try await TestDatabase.withPlace(loops: 2) { place in
            let clinic = try await TestClinic(in: place, practitioners: 8, rooms: 3)
            let visit = clinic.visit(rooms: 1)
            for slot in 0..<8 {
                let wishes = (0..<8).map { clinic.booking($0, with: $0, at: slot * 30, visit: visit) }
                #expect(try await wins(in: place, wishes, clinic) == 3)
            }
            #expect(try await clinic.overlaps() == 0)
            #expect(try await clinic.count("SELECT count(*) FROM reservation") == 8 * 3 * 3)
        }
    }

    @Test("the exclusion constraint has the last word when somebody takes a slot without the locks")
    func lastWord() async throws {
        try await TestDatabase.withPlace { place in
            let clinic = try await TestClinic(in: place)
            let lawless = clinic.booking(0, with: 0), lawful = clinic.booking(1, with: 0)
            let isLawfulBooked = try await withThrowingTaskGroup(of: Bool.self) { group in
                try await clinic.database.write { transaction in
                    // Not committed yet, so the other one's look sees nothing; only the index knows.
                    try await transaction.run(lawless.insertion(in: transaction.tenant))
                    group.addTask(executorPreference: place.loops[0]) { try await clinic.book(lawful) }
                    try await Task.sleep(for: .milliseconds(300))
                }
                return try await group.next()
            }
            #expect(isLawfulBooked == false)
            #expect(try await clinic.count("SELECT count(*) FROM appointment") == 1)
            #expect(try await clinic.overlaps() == 0)
        }
    }

    @Test("a refused booking leaves nothing, and everything that was taken is named")
    func conflicts() async throws {
        try await TestDatabase.withPlace { place in
            let clinic = try await TestClinic(in: place, rooms: 1)
            let visit = clinic.visit(rooms: 1)
            #expect(try await clinic.book(clinic.booking(0, with: 0, visit: visit)))
            let again = clinic.booking(0, with: 0, visit: visit)
            #expect(try await !clinic.book(again))
            let problem = try await again.obstacles(in: clinic.database).problem
            #expect(problem?.code == .slotTaken)
            let kinds = problem?.members["conflicts"]?.arrayValue?.map { $0["kind"]?.stringValue }
            #expect(kinds == ["practitioner", "patient", "room"])
            #expect(try await clinic.count("SELECT count(*) FROM reservation") == 3)
        }
    }

    @Test("a buffer after the visit keeps the practitioner, not the patient")
    func buffers() async throws {
        try await TestDatabase.withPlace { place in
            let clinic = try await TestClinic(in: place)
            let visit = clinic.visit(buffer: 10)
            #expect(try await clinic.book(clinic.booking(0, with: 0, visit: visit)))
            #expect(try await !clinic.book(clinic.booking(1, with: 0, at: 30, visit: visit)))
            #expect(try await clinic.book(clinic.booking(0, with: 1, at: 30, visit: visit)))
        }
    }

    @Test(
        "the database refuses the starts that the pure rules refuse, and they say why",
        arguments: [
            (0, nil), (450, nil), (15, "off_step"), (-30, "outside_hours"), (480, "outside_hours"),
            (7 * 1440, nil), (5 * 1440, "outside_hours"),
        ])
    func rules(minutes: Int, code: String?) async throws {
        try await TestDatabase.withPlace { place in
            let clinic = try await TestClinic(in: place)
            let booking = clinic.booking(0, with: 0, at: minutes)
            #expect(try await clinic.book(booking) == (code == nil))
            guard let code else { return }
            let problem = try await booking.obstacles(in: clinic.database).problem
            #expect(problem?.complaints.map(\.code) == [code])
        }
    }

    @Test("nobody is booked for a visit that takes another role")
    func roles() async throws {
        try await TestDatabase.withPlace { place in
            let clinic = try await TestClinic(in: place)
            let booking = clinic.booking(0, with: 0, visit: clinic.visit(role: "physiotherapist"))
            #expect(try await !clinic.book(booking))
            let problem = try await booking.obstacles(in: clinic.database).problem
            #expect(problem?.complaints.map(\.code) == ["unfit"])
        }
    }

    @Test("another clinic's patient and practitioner are as unknown as nobody's")
    func strangers() async throws {
        try await TestDatabase.withPlace { place in
            let clinic = try await TestClinic(in: place),
                other = try await TestClinic(in: place, slug: "other")
            let own = clinic.booking(0, with: 0), foreign = other.booking(0, with: 0)
            let mixed = WantedAppointment(
                id: own.id, patient: foreign.patient, practitioner: foreign.practitioner,
                location: own.location,
                visit: own.visit, slot: own.slot, zone: own.zone, reason: nil, createdBy: nil,
                createdAt: own.createdAt)
            #expect(try await !clinic.book(mixed))
            let problem = try await mixed.obstacles(in: clinic.database).problem
            #expect(problem?.complaints.map(\.pointer) == ["/practitioner", "/patient"])
            #expect(problem?.complaints.map(\.code) == ["unknown", "unknown"])
        }
    }

    /// Has all of them booked at once, on all loops; how many were.
    private func wins(in place: TestPlace, _ bookings: [WantedAppointment], _ clinic: TestClinic) async throws
        -> Int
    {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for (number, booking) in bookings.enumerated() {
                let loop = place.loops[number % place.loops.count]
                group.addTask(executorPreference: loop) { try await clinic.book(booking) }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }
}

extension TestClinic {
    /// How often the server had to break a deadlock.
    func deadlocks() async throws -> Int {
        try await count("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    }
}
