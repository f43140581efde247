import HTTP
import JSON
import PluginKit
import Shapes
import Tenancy
import Testing
import Vocabulary

@testable import Roles

@Suite("A clinic's own role: bases, more, less, and only under its conditions")
struct RoleDefinitionTests {
    private let here = ID<Location>(UniqueID(high: 1, low: 1)),
        there = ID<Location>(UniqueID(high: 1, low: 2))

    private func read(_ text: String) throws -> RoleDefinition {
        try RoleDefinition(reading: try JSON(parsing: text))
    }

    private func complaints(_ text: String) throws -> [String] {
        do {
            _ = try read(text)
            return []
        } catch let fault as ShapeFault { return fault.complaints.map { $0.pointer + " " + $0.code } }
    }

    @Test("begins with its bases, adds, and takes out: taking out wins")
    func madeOf() throws {
        let table = RightTable(
            try read(
                """
                {"bases": ["receptionist", "nurse"],
                 "adds": [{"permission": "reports.read", "reach": "location"},
                          {"permission": "stock.update", "reach": "own", "limits": ["part"]},
                          {"permission": "refunds.create", "reach": "tenant"}],
                 "removes": ["refunds.create", "appointments.void"]}
                """))
        #expect(table[Permission(.create, .appointments)] == [Right(.location)])
        #expect(table[Permission(.read, .laboratory)] == [Right(.location, .part)])
        #expect(table[Permission(.read, .reports)] == [Right(.location)])
        #expect(table[Permission(.update, .stock)] == [Right(.own, .part)])
        #expect(table[Permission(.create, .refunds)].isEmpty)
        #expect(table[Permission(.void, .appointments)].isEmpty)
        #expect(table.removes(Permission(.void, .appointments)))
        #expect(!table.removes(Permission(.approve, .billing)))
    }

    @Test("of two bases' rights to one thing the wider one is kept")
    func widest() throws {
        let table = RightTable(
            try read(#"{"bases": ["receptionist", "callCentre.scheduler", "records.officer"]}"#))
        #expect(Set(table[Permission(.read, .schedule)]) == [Right(.location), Right(.tenant)])
        #expect(table[Permission(.read, .demographics)].contains(Right(.tenant)))
        #expect(!table[Permission(.read, .demographics)].contains(Right(.tenant, .part)))
    }

    @Test("is written as it was read")
    func round() throws {
        let text = """
            {"bases":["doctor"],"adds":[{"permission":"stock.read","reach":"location","limits":[],"parts":[]}],\
            "removes":["reports.read","physio.plan.sign"],"conditions":[{"kind":"hours","values":["mon-fri 08:00-18:00"]}],\
            "until":"2027-06-01T00:00:00Z"}
            """
        let definition = try read(text)
        #expect(definition.jsonText == text)
        #expect(try read(definition.jsonText) == definition)
    }

    static let wrong: [(String, String)] = [
        (#"{"bases": []}"#, "/bases wrong_count"),
        (#"{"bases": ["platform.superAdmin"]}"#, "/bases/0 not_a_clinics"),
        (#"{"bases": ["nurse", "org.owner"]}"#, "/bases/1 not_a_clinics"),
        (#"{"bases": ["patient"]}"#, "/bases/0 not_a_clinics"),
        (#"{"bases": ["service.integration"]}"#, "/bases/0 not_a_clinics"),
        (
            #"{"bases": ["nurse"], "adds": [{"permission": "audit.delete", "reach": "tenant"}]}"#,
            "/adds/0/permission wrong_form"
        ),
        (
            #"{"bases": ["nurse"], "adds": [{"permission": "tenants.read", "reach": "platform"}]}"#,
            "/adds/0/reach not_one_of"
        ),
        (
            #"{"bases": ["nurse"], "adds": [{"permission": "audit.read", "reach": "organisation"}]}"#,
            "/adds/0/reach not_one_of"
        ),
        (#"{"bases": ["nurse"], "grants": []}"#, "/grants unknown_member"),
        (
            #"{"bases": ["nurse"], "conditions": [{"kind": "network", "values": ["10.0.0.0/33"]}]}"#,
            "/conditions/0/values wrong_form"
        ),
        (
            #"{"bases": ["nurse"], "conditions": [{"kind": "network", "values": []}]}"#,
            "/conditions/0/values wrong_form"
        ),
        (
            #"{"bases": ["nurse"], "conditions": [{"kind": "hours", "values": ["fri-mon 08:00-18:00"]}]}"#,
            "/conditions/0/values wrong_form"
        ),
        (
            #"{"bases": ["nurse"], "conditions": [{"kind": "moon", "values": ["full"]}]}"#,
            "/conditions/0/kind not_one_of"
        ),
        (
            #"{"bases": ["location.manager"], "adds": [{"permission": "refunds.create", "reach": "own"}]}"#,
            " separated_duties"
        ),
        (#"{"bases": ["doctor", "pharmacist"]}"#, " separated_duties"),
        (
            #"{"bases": ["records.officer"], "adds": [{"permission": "staff.update", "reach": "tenant"}]}"#,
            " separated_duties"
        ),
    ]

    @Test("says what it cannot be", arguments: wrong.indices)
    func refused(index: Int) throws {
        let (text, complaint) = Self.wrong[index]
        let found = try complaints(text)
        #expect(found.contains(complaint), "\(text): \(found)")
    }

    @Test("what one of the house's roles joins, a role made of it may join too")
    func houseJoins() throws {
        #expect(try complaints(#"{"bases": ["tenant.admin"], "removes": ["schedule.void"]}"#) == [])
    }

    private func circumstances(_ address: String, _ day: String, _ minute: Int) throws -> Circumstances {
        Circumstances(
            address: try #require(IPAddress(address)),
            time: ClinicTime(try #require(Day(text: day)), minute: minute), plugins: ["physiotherapy"])
    }

    @Test("a condition holds, fails, or is not known, and only holding is holding")
    func conditions() throws {
        let monday = try circumstances("10.1.2.3", "2027-01-04", 540)
        let sunday = try circumstances("192.0.2.1", "2027-01-03", 1080)
        func verdicts(_ kind: String, _ values: String) throws -> [Condition.Verdict] {
            let one = try #require(
                try read(
                    #"{"bases": ["nurse"], "conditions": [{"kind": "\#(kind)", "values": [\#(values)]}]}"#
                ).conditions.first)
            return [one.verdict(in: monday), one.verdict(in: sunday)]
        }
        #expect(try verdicts("network", #""10.0.0.0/8", "2001:db8::/32""#) == [.holds, .fails])
        #expect(try verdicts("hours", #""mon-fri 09:00-18:00""#) == [.holds, .fails])
        #expect(try verdicts("hours", #""mon 09:01-18:00", "sun 18:00-24:00""#) == [.fails, .holds])
        #expect(try verdicts("plugin", #""physiotherapy""#) == [.holds, .holds])
        #expect(try verdicts("plugin", #""ayurveda""#) == [.fails, .fails])
        for kind in ConditionKind.allCases where !kind.isKnown {
            #expect(try verdicts(kind.rawValue, #""\#(kind.example)""#) == [.unknown, .unknown])
        }
    }

    private func right(
        _ extent: Extent, _ limits: Limits = [], parts: [String] = [], conditions: Set<Condition> = [],
        until: Int64? = nil
    ) -> PlacedRight {
        PlacedRight(
            permission: Permission(.read, .demographics), extent: extent, limits: limits,
            parts: Set(parts), conditions: conditions, until: until.map { Instant(seconds: $0) })
    }

    @Test("a right covers another only if it is as wide, as free and as long")
    func covering() throws {
        let condition = try #require(
            try read(#"{"bases": ["nurse"], "conditions": [{"kind": "plugin", "values": ["x"]}]}"#)
                .conditions.first)
        let whole = right(.wholeClinic)
        for extent in [Extent.wholeClinic, .location(here), .assigned, .own, .ward, .everyone] {
            #expect(whole.covers(right(extent)))
            #expect(right(extent).covers(whole) == (extent == .wholeClinic))
        }
        #expect(right(.location(here)).covers(right(.location(here))))
        #expect(!right(.location(here)).covers(right(.location(there))))
        #expect(!right(.location(here)).covers(right(.assigned)))
        #expect(!right(.location(here)).covers(right(.own)))
        #expect(whole.covers(right(.own, .part)))
        #expect(!right(.wholeClinic, .part).covers(whole))
        #expect(right(.own, .part, parts: ["a", "b"]).covers(right(.own, .part, parts: ["b"])))
        #expect(!right(.own, .part, parts: ["a"]).covers(right(.own, .part, parts: ["a", "b"])))
        #expect(right(.own).covers(right(.own, .part, parts: ["a"])))
        #expect(!right(.wholeClinic, .part).covers(right(.own, .metadataOnly)))
        #expect(whole.covers(right(.wholeClinic, conditions: [condition])))
        #expect(!right(.wholeClinic, conditions: [condition]).covers(whole))
        #expect(whole.covers(right(.wholeClinic, until: 5)))
        #expect(!right(.wholeClinic, until: 5).covers(whole))
        #expect(right(.wholeClinic, until: 5).covers(right(.wholeClinic, until: 5)))
        #expect(!right(.wholeClinic, until: 5).covers(right(.wholeClinic, until: 6)))
        let other = PlacedRight(
            permission: Permission(.update, .demographics), extent: .wholeClinic, limits: [], parts: [],
            conditions: [], until: nil)
        #expect(!whole.covers(other) && !other.covers(whole))
    }

    @Test("a role that asks for a location holds everywhere when it is given nowhere")
    func placing() {
        let table = RoleMatrix.table(of: .receptionist)
        let read = Permission(.read, .schedule)
        func extents(at location: ID<Location>?) -> Set<Extent> {
            Set(
                table.placed(at: location, until: nil, with: []).filter { $0.permission == read }.map(
                    \.extent))
        }
        #expect(extents(at: here) == [.location(here)])
        #expect(extents(at: nil) == [.wholeClinic])
        let two = table.placed(at: here, until: nil, with: []).union(
            table.placed(at: nil, until: nil, with: []))
        #expect(two.reduced == table.placed(at: nil, until: nil, with: []))
        #expect(
            table.placed(at: there, until: nil, with: []).beyond(table.placed(at: here, until: nil, with: []))
                .count
                == table.all(with: []).count)
    }

    @Test("names are read as they are written, and nothing else is")
    func names() {
        for role in Role.allCases { #expect(RoleName(text: role.rawValue) == .house(role)) }
        #expect(RoleName(text: "own.front-desk")?.own?.text == "front-desk")
        for text in ["", "own", "own.", "own.-x", "own.A", "Receptionist", "platform.root"] {
            #expect(RoleName(text: text) == nil)
        }
        for permission in Permission.all { #expect(Permission(name: permission.name) == permission) }
        for name in ["audit.delete", "audit", "a.b.c.d", "Physio.plan.sign", "physio..sign", ""] {
            #expect(Permission(name: name) == nil)
        }
        #expect(Permission(name: "physio.plan.sign") == .plugin("physio.plan.sign"))
    }

    @Test("a role with an end of its own ends with it, however long it was given for")
    func ends() throws {
        let table = RightTable(try read(#"{"bases": ["nurse"], "until": "2027-06-01T00:00:00Z"}"#))
        let end = try #require(Instant(text: "2027-06-01T00:00:00Z")), far = end + .seconds(1)
        #expect(table.end(by: nil) == end && table.end(by: far) == end)
        #expect(table.end(by: end + .seconds(-1)) == end + .seconds(-1))
        #expect(Set(table.placed(at: nil, until: far, with: []).map(\.until)) == [end])
    }

    @Test("the published matrix has every role, every right and every condition")
    func document() throws {
        let json = try JSON(parsing: MatrixDocument(with: []).jsonText, limits: JSONLimits(bytes: 1 << 20))
        let roles = try #require(json["roles"]?.arrayValue)
        #expect(roles.map { $0["role"]?.stringValue } == Role.allCases.map(\.rawValue))
        for (role, shown) in zip(Role.allCases, roles) {
            let rights = try #require(shown["rights"]?.arrayValue)
            #expect(rights.count == RoleMatrix.table(of: role).all(with: []).count)
        }
        #expect(json["conditions"]?.arrayValue?.count == ConditionKind.allCases.count)
        #expect(json["separated_duties"]?.arrayValue?.count == SeparatedDuty.all.count)
    }
}
