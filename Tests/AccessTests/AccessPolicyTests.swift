import Identity
import Tenancy
import Testing
import Vocabulary

@testable import Access

private enum Book: Act { static let permission = Permission(.create, .appointments) }
private enum ReadAppointments: Act { static let permission = Permission(.read, .appointments) }
private enum CountAppointments: Act {
    static let permission = Permission(.read, .appointments)
    static let honours: Limits = [.metadataOnly, .deidentified]
}
private enum ReadMyPatients: Act {
    static let permission = Permission(.read, .demographics)
    static let reaches: Reach = [.tenant, .location, .assigned]
}
private enum ReadPatients: Act { static let permission = Permission(.read, .demographics) }

@Suite("Access policy: a permit for what a role allows, at the places it holds")
struct AccessPolicyTests {
    private let here = ID<Location>(UniqueID(high: 1, low: 1)),
        there = ID<Location>(UniqueID(high: 1, low: 2))

    private func rights<A: Act>(_ act: A.Type, _ roles: Caller.HeldRole...) -> [HeldRight] {
        let caller = Caller(
            ID(UniqueID(high: 0, low: 7)), roles: roles, session: ID(UniqueID(high: 0, low: 8)))
        return AccessPolicy.rights(of: caller, to: act)
    }

    @Test("without a role nothing is allowed")
    func nothing() {
        #expect(rights(Book.self).isEmpty)
    }

    @Test("roles add up, each at its own place")
    func locations() {
        #expect(rights(Book.self, .init(.receptionist, at: here)).map(\.location) == [here])
        let both = rights(Book.self, .init(.receptionist, at: here), .init(.locationManager, at: there))
        #expect(Set(both.map(\.location)) == [here, there])
        #expect(LocationReach(both) == .only([here, there]))
        #expect(LocationReach(rights(Book.self, .init(.receptionist))) == .everywhere)
        #expect(LocationReach(rights(Book.self, .init(.callCentre))) == .everywhere)
        #expect(
            LocationReach(rights(ReadAppointments.self, .init(.receptionist, at: here), .init(.admin)))
                == .everywhere)
        #expect(!LocationReach(rights(Book.self, .init(.receptionist, at: here))).contains(there))
    }

    @Test("a limited right does not suffice for a handler that shows everything")
    func limits() {
        #expect(rights(ReadAppointments.self, .init(.pharmacist, at: here)).isEmpty)
        #expect(rights(CountAppointments.self, .init(.pharmacist, at: here)).map(\.limits) == [.metadataOnly])
        #expect(rights(ReadAppointments.self, .init(.owner)).isEmpty)
        #expect(rights(CountAppointments.self, .init(.analyst)).count == 1)
    }

    @Test("a role of the platform can do nothing while no support session is open")
    func support() {
        #expect(rights(ReadAppointments.self, .init(.support)).isEmpty)
        #expect(rights(CountAppointments.self, .init(.support)).isEmpty)
    }

    @Test("a right to one's own patients is denied to a handler that does not look whose they are")
    func assigned() {
        #expect(rights(ReadPatients.self, .init(.physician)).isEmpty)
        #expect(rights(ReadMyPatients.self, .init(.physician)).map(\.reach) == [.assigned])
        #expect(LocationReach(rights(ReadMyPatients.self, .init(.physician))) == .only([]))
        #expect(rights(Book.self, .init(.physician, at: here)).map(\.reach) == [.location])
    }
}
