import Database
import EndpointKit
import Records
import Shapes
import TestKit
import Testing
import Vocabulary

@testable import Scheduling

@Suite("Holding", .timeLimit(.minutes(2)))
struct HoldRaceTests {
    @Test("64 callers who want to keep one slot: exactly one keeps it, ten times over")
    func oneSlot() async throws {
        try await TestDatabase.withPlace(loops: 2) { place in
            let clinic = try await TestClinic(in: place, practitioners: 1, patients: 64)
            for slot in 0..<10 {
                let wins = try await place.wins(64) { number in
                    try await clinic.keep(clinic.hold(number, at: slot * 30))
                }
                #expect(wins == 1)
            }
            #expect(try await clinic.count("SELECT count(*) FROM hold") == 10)
            #expect(
                try await clinic.count("SELECT count(*) FROM reservation WHERE hold_id IS NOT NULL") == 20)
            #expect(try await clinic.overlaps() == 0)
            #expect(try await clinic.deadlocks() == 0)
        }
    }

    @Test("a slot that somebody keeps is booked by none of 64 others, and still by whoever keeps it")
    func keptFromOthers() async throws {
        try await TestDatabase.withPlace(loops: 2) { place in
            let clinic = try await TestClinic(in: place, practitioners: 1, patients: 64)
            let hold = clinic.hold(0)
            #expect(try await clinic.keep(hold))
            let wins = try await place.wins(63) { number in
                try await clinic.take(clinic.booking(number + 1, with: 0))
            }
            #expect(wins == 0)
            var own = clinic.booking(0, with: 0)
            own.hold = hold.hold
            #expect(try await clinic.take(own))
            #expect(try await clinic.count("SELECT count(*) FROM hold") == 0)
            #expect(try await clinic.count("SELECT count(*) FROM reservation WHERE hold_id IS NOT NULL") == 0)
            #expect(try await clinic.count("SELECT count(*) FROM appointment") == 1)
            #expect(try await clinic.deadlocks() == 0)
        }
    }

    @Test("of 64 who want what an ended hold took exactly one has it, and nobody waits for a sweep")
    func ended() async throws {
        try await TestDatabase.withPlace(loops: 2) { place in
            let clinic = try await TestClinic(in: place, practitioners: 1, patients: 64)
            for slot in 0..<10 {
                #expect(try await clinic.keep(clinic.hold(slot, at: slot * 30, minutesAgo: 5)))
                let wins = try await place.wins(64) { number in
                    try await clinic.take(clinic.booking(number, with: 0, at: slot * 30))
                }
                #expect(wins == 1)
            }
            #expect(try await clinic.count("SELECT count(*) FROM appointment") == 10)
            let left = "SELECT count(*) FROM reservation WHERE hold_id IS NOT NULL AND resource_id"
            #expect(try await clinic.count("\(left) = '\(clinic.practitioners[0].unique)'") == 0)
            #expect(try await clinic.overlaps() == 0)
            #expect(try await clinic.deadlocks() == 0)
        }
    }

    @Test("holders, bookers and those who let go at once: nothing is taken twice, nobody deadlocks")
    func everything() async throws {
        try await TestDatabase.withPlace(loops: 2) { place in
            let clinic = try await TestClinic(in: place, practitioners: 4, patients: 48, rooms: 3)
            let visit = clinic.visit(rooms: 1, buffer: 10)
            for round in 0..<5 {
                let ended = clinic.hold(round, with: round % 4, at: round * 90, visit: visit, minutesAgo: 5)
                #expect(try await clinic.keep(ended))
                _ = try await place.wins(48) { number in
                    let minutes = round * 90 + number % 2 * 30
                    guard number % 3 > 0 else {
                        let booking = clinic.booking(number, with: number % 4, at: minutes, visit: visit)
                        return try await clinic.take(booking)
                    }
                    let hold = clinic.hold(number, with: number % 4, at: minutes, visit: visit)
                    let isKept = try await clinic.keep(hold)
                    guard isKept, number % 3 == 1 else { return isKept }
                    return try await clinic.letGo(hold.hold)
                }
            }
            #expect(try await clinic.overlaps() == 0)
            #expect(try await clinic.deadlocks() == 0)
            let inForce = try await clinic.count(
                "SELECT count(*) FROM hold WHERE held_until > \(clinic.sqlNow)")
            let taken = try await clinic.count(
                "SELECT count(*) FROM reservation WHERE hold_until > \(clinic.sqlNow)")
            #expect(inForce > 0 && taken == 3 * inForce)
        }
    }

    @Test("one caller keeps three slots at a time, however many they ask for at once")
    func most() async throws {
        try await TestDatabase.withPlace(loops: 2) { place in
            let clinic = try await TestClinic(in: place, patients: 16)
            let wins = try await place.wins(16) { number in
                try await clinic.keep(
                    clinic.hold(number, with: number % 2, at: number / 2 * 30, by: clinic.patients[0]))
            }
            #expect(wins == 3)
            #expect(try await clinic.keep(clinic.hold(1, at: 450, by: clinic.patients[1])))
            #expect(try await !clinic.keep(clinic.hold(0, at: 420, by: clinic.patients[0])))
        }
    }

    @Test("of two who book by one hold at once, one does")
    func usedOnce() async throws {
        try await TestDatabase.withPlace(loops: 2) { place in
            let clinic = try await TestClinic(in: place)
            for slot in 0..<8 {
                let hold = clinic.hold(0, at: slot * 30)
                #expect(try await clinic.keep(hold))
                let wins = try await place.wins(8) { _ in
                    var booking = clinic.booking(0, with: 0, at: slot * 30)
                    booking.hold = hold.hold
                    return try await clinic.take(booking)
                }
                #expect(wins == 1)
            }
            #expect(try await clinic.overlaps() == 0)
        }
    }
}

@Suite("What a hold takes", .timeLimit(.minutes(1)))
struct HoldTests {
    @Test("the rooms of ended holds are taken again, and those of holds in force are not")
    func rooms() async throws {
        try await TestDatabase.withPlace { place in
            let clinic = try await TestClinic(in: place, practitioners: 3, rooms: 1)
            let visit = clinic.visit(rooms: 1)
            #expect(try await clinic.keep(clinic.hold(0, visit: visit, minutesAgo: 5)))
            #expect(try await clinic.keep(clinic.hold(1, with: 1, visit: visit)))
            let late = clinic.booking(2, with: 2, visit: visit)
            #expect(try await !clinic.take(late))
            let conflicts = try await late.obstacles(in: clinic.database).conflicts
            #expect(conflicts == [.things(kind: "room", tag: "treatment")])
        }
    }

    @Test("a hold that ended is told as such when somebody else was faster, and honoured when nobody was")
    func expired() async throws {
        try await TestDatabase.withPlace { place in
            let clinic = try await TestClinic(in: place)
            let (lost, kept) = (clinic.hold(0, minutesAgo: 5), clinic.hold(0, at: 60, minutesAgo: 5))
            for hold in [lost, kept] { #expect(try await clinic.keep(hold)) }
            #expect(try await clinic.take(clinic.booking(1, with: 0)))
            var late = clinic.booking(0, with: 0)
            late.hold = lost.hold
            #expect(try await !clinic.take(late))
            #expect(try await late.obstacles(in: clinic.database).problem?.code == .holdExpired)
            var free = clinic.booking(0, with: 0, at: 60)
            free.hold = kept.hold
            #expect(try await clinic.take(free))
        }
    }

    @Test("who keeps a slot is in time for as long, though the clinic asks for more notice by now")
    func notice() async throws {
        try await TestDatabase.withPlace { place in
            let clinic = try await TestClinic(in: place)
            let visit = clinic.visit(lead: Int((clinic.nine - clinic.now).components.seconds / 60) + 1)
            var booking = clinic.booking(0, with: 0, visit: visit)
            #expect(!booking.isTimely)
            booking.hold = clinic.hold(0, visit: visit, minutesAgo: 2).hold
            #expect(booking.isTimely)
            booking.hold = clinic.hold(0, visit: visit, minutesAgo: 5).hold
            #expect(!booking.isTimely)
        }
    }

    @Test("what ended more than a day ago is forgotten batch by batch, and nothing else")
    func forgetting() async throws {
        try await TestDatabase.withPlace { place in
            let clinic = try await TestClinic(in: place)
            #expect(try await clinic.keep(clinic.hold(0, minutesAgo: 5)))
            #expect(try await clinic.keep(clinic.hold(1, at: 30)))
            #expect(try await clinic.take(clinic.booking(2, with: 0, at: 60)))
            let forgotten = try await clinic.database.write { transaction in
                try await transaction.run(
                    Hold.forgetSome(endedBefore: clinic.now + .seconds(1), in: transaction.tenant))
            }
            #expect(forgotten == 1)
            #expect(try await clinic.count("SELECT count(*) FROM hold") == 1)
            #expect(try await clinic.count("SELECT count(*) FROM reservation") == 4)
        }
    }

    @Test("a start between two minutes is refused before the database is asked")
    func wholeMinutes() async throws {
        try await TestDatabase.withPlace { place in
            let clinic = try await TestClinic(in: place)
            let whole = clinic.booking(0, with: 0)
            #expect(whole.isTimely)
            let start = clinic.nine + .seconds(1)
            let odd = WantedAppointment(
                id: whole.id, patient: whole.patient, practitioner: whole.practitioner,
                location: whole.location,
                visit: whole.visit, slot: Slot(from: start, minutes: 30), zone: whole.zone, reason: nil,
                createdBy: nil, createdAt: clinic.now)
            #expect(!odd.isTimely)
            #expect(try await odd.obstacles(in: clinic.database).complaints.map(\.code) == ["off_step"])
        }
    }

    @Test("the nearest others are told nearest first, the earlier of two that are as near")
    func nearest() {
        let nine = Instant(seconds: 1_799_046_000)
        let slots = [-60, -30, 30, 45, 90].map { Slot(from: nine + .seconds($0 * 60), minutes: 30) }
        #expect(
            slots.nearest(3, to: nine).map { ($0.start - nine).components.seconds / 60 } == [-30, 30, 45])
        #expect(slots.nearest(1, to: nine + .seconds(5400)) == [slots[4]])
        #expect([Slot]().nearest(3, to: nine) == [])
    }
}

extension TestPlace {
    /// Has so many things done at once, on all loops; how many of them came true.
    fileprivate func wins(
        _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Bool
    ) async throws -> Int {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<count {
                group.addTask(executorPreference: loops[number % loops.count]) { try await body(number) }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }
}

extension TestClinic {
    /// The clinic's moment, as the database writes it.
    fileprivate var sqlNow: String { "to_timestamp(\(now.seconds))" }

    /// A hold of five minutes that somebody wants for a patient, now or a while ago; the patient's own, if
    /// nobody else is said to want it.
    fileprivate func hold(
        _ patient: Int, with practitioner: Int = 0, at minutes: Int = 0, visit: BookableVisit? = nil,
        minutesAgo: Int = 0, by holder: ID<Patient>? = nil
    ) -> WantedHold {
        let wish = booking(patient, with: practitioner, at: minutes, visit: visit)
        let wanted = WantedAppointment(
            id: wish.id, patient: wish.patient, practitioner: wish.practitioner, location: wish.location,
            visit: wish.visit, slot: wish.slot, zone: wish.zone, reason: nil, createdBy: nil,
            createdAt: now - .seconds(minutesAgo * 60))
        return WantedHold(
            wanted, by: (holder ?? wish.patient).unique, keepingAtMost: 3, lasting: 5)
    }

    /// Keeps a slot as the endpoint does, without its HTTP.
    fileprivate func keep(_ hold: WantedHold) async throws -> Bool {
        try await isDone { transaction, isClearing in
            hold.insert(in: transaction, clearing: isClearing)
        } else: {
            if let problem = try await hold.wanted.obstacles(in: database).problem { return problem }
            let count: Int64? = try await database.row(
                Hold.count(of: hold.holder, at: hold.hold.heldAt, in: database.tenant))
            return count.map { $0 >= 3 } == true ? .conflict("They keep enough.") : nil
        }
    }

    /// Books as the endpoint does, without its HTTP.
    fileprivate func take(_ booking: WantedAppointment) async throws -> Bool {
        try await isDone { transaction, isClearing in
            booking.insert(in: transaction, clearing: isClearing)
        } else: {
            try await booking.obstacles(in: database).problem
        }
    }

    private func isDone(
        _ write: (borrowing Transaction, Bool) -> Void,
        else why: nonisolated(nonsending) () async throws -> Problem?
    ) async throws -> Bool {
        do {
            try await WantedAppointment.trying { isClearing in
                try await database.write { transaction in write(transaction, isClearing) }
            } else: {
                try await why()
            }
            return true
        } catch is Problem {
            return false
        }
    }

    fileprivate func letGo(_ hold: Hold) async throws -> Bool {
        try await database.write { transaction in
            try await transaction.run(hold.letGo(in: transaction.tenant)) > 0
        }
    }
}
