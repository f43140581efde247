import HTTP
import Identity
import JSON
import PluginKit
import Roles
import Shapes
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
        let slug = Slug(text: "sunrise").map {
            Tenant(id: TenantID(number: 1), publicID: ID(UniqueID(high: 1, low: 1)), slug: $0, name: "S")
        }
        guard let tenant = slug else { return [] }
        var held: [HeldRight] = []
        let hearing = Hearing(caller, of: tenant, from: .loopback, at: Instant(seconds: 1_800_000_000))
        AccessPolicy.consider(AskedAct(act), hearing) { _, ground in
            if case .allows(let right) = ground { held.append(right) }
        }
        return held
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

    private func ground(
        _ permission: Permission, _ given: Caller.HeldRole, reaches: Reach = .clinic
    ) throws -> String? {
        let caller = Caller(
            ID(UniqueID(high: 0, low: 7)), roles: [given], session: ID(UniqueID(high: 0, low: 8)))
        let tenant = Tenant(
            id: TenantID(number: 1), publicID: ID(UniqueID(high: 1, low: 1)),
            slug: try #require(Slug(text: "sunrise")), name: "S")
        let hearing = Hearing(caller, of: tenant, from: .loopback, at: Instant(seconds: 1_800_000_000))
        return Explanation(of: AskedAct(permission, reaches: reaches), hearing).lines.first?.code
    }

    private func own(_ definition: String, until end: Int64? = nil) throws -> Caller.HeldRole {
        let read = try RoleDefinition(reading: try JSON(parsing: definition))
        return Caller.HeldRole(
            .own(try #require(Slug(text: "lead"))), RightTable(read),
            until: end.map { Instant(seconds: $0) })
    }

    @Test("each way in which a role does not allow something is told apart from the others")
    func grounds() throws {
        let book = Permission(.create, .appointments), read = Permission(.read, .appointments)
        #expect(try ground(book, .init(.receptionist)) == "allowed")
        #expect(try ground(book, .init(.receptionist, until: Instant(seconds: 1_800_000_000))) == "ended")
        #expect(try ground(book, .init(.receptionist, until: Instant(seconds: 1_800_000_001))) == "allowed")
        #expect(try ground(book, .init(.accountant)) == "not_written")
        #expect(try ground(Permission(.read, .demographics), .init(.physician)) == "out_of_reach")
        #expect(try ground(read, .init(.pharmacist)) == "limited")
        let less = #"{"bases": ["receptionist"], "removes": ["appointments.create"]}"#
        #expect(try ground(book, own(less)) == "removed")
        let conditioned = [
            ("network", "192.0.2.0/24", "condition_fails"), ("purpose", "treatment", "condition_unknown"),
        ]
        for (kind, value, code) in conditioned + [("network", "127.0.0.0/8", "allowed")] {
            let text =
                #"{"bases": ["receptionist"], "conditions": [{"kind": "\#(kind)", "values": ["\#(value)"]}]}"#
            #expect(try ground(book, own(text)) == code)
        }
    }

    @Test("a plugin's permission is decided as any other, where the plugin is, and is nothing elsewhere")
    func plugins() throws {
        func explained(_ name: PluginPermission.Name, at plugins: [ClinicPlugin]) throws -> Explanation {
            let caller = Caller(
                ID(UniqueID(high: 0, low: 7)), roles: [.init(.vaidya)],
                session: ID(UniqueID(high: 0, low: 8)))
            let tenant = Tenant(
                id: TenantID(number: 1), publicID: ID(UniqueID(high: 1, low: 1)),
                slug: try #require(Slug(text: "sunrise")), name: "S", plugins: plugins)
            let hearing = Hearing(caller, of: tenant, from: .loopback, at: Instant(seconds: 1_800_000_000))
            return Explanation(
                of: AskedAct(.plugin(name), reaches: .all, honours: .all), hearing)
        }
        let here = [ClinicPlugin(Massage.self)]
        let allowed = try explained("massage.course.sign", at: here)
        #expect(allowed.isAllowed && allowed.rule == "The role vaidya allows it (assigned).")
        let denied = try explained("massage.oil.burn", at: here)
        #expect(!denied.isAllowed && denied.rule == "No role of theirs allows it.")
        let elsewhere = try explained("massage.course.sign", at: [])
        #expect(!elsewhere.isAllowed)
        #expect(elsewhere.rule == "No plugin that the clinic has declares this permission.")
    }
}

private struct Massage: DomainPlugin {
    static let id: PluginID = "massage"
    static let title = "Massage"
    static let version = 1
    static let permissions = [
        PluginPermission("massage.course.sign", "Sign a course.", to: [.vaidya: .assigned]),
        PluginPermission("massage.oil.burn", "Burn oil."),
    ]

    struct Configuration: Shape {}

    func visitTypes(_: Configuration) -> [VisitType] {}
}
