import JSON
import PluginKit
import Shapes
import Tenancy
import Testing
import Vocabulary

@testable import Roles

@Suite("What plugins declare: suggested to roles, a clinic's to add and take, nothing without the plugin")
struct PluginPermissionTests {
    private let plugins = [ClinicPlugin(Massage.self)]
    private let sign = Permission.plugin("massage.course.sign"), burn = Permission.plugin("massage.oil.burn")

    private func table(_ text: String) throws -> RightTable {
        RightTable(try RoleDefinition(reading: try JSON(parsing: text)))
    }

    @Test("whom it is suggested to has it, as far as it is suggested, and only where the plugin is")
    func suggested() {
        for role in Role.allCases {
            let rights = RoleMatrix.table(of: role).rights(to: sign, with: plugins)
            let expected: [Right] =
                switch role {
                case .vaidya: [Right(.assigned)]
                case .nurse: [Right(.location)]
                default: []
                }
            #expect(rights == expected, "\(role)")
            #expect(RoleMatrix.table(of: role).rights(to: sign, with: []).isEmpty)
            #expect(RoleMatrix.table(of: role).rights(to: burn, with: plugins).isEmpty, "suggested to nobody")
        }
    }

    @Test("a clinic's role has what is suggested to its bases, adds and takes; taking out wins")
    func own() throws {
        let both = try table(#"{"bases": ["vaidya", "nurse"]}"#)
        #expect(Set(both.rights(to: sign, with: plugins)) == [Right(.assigned), Right(.location)])
        let more = try table(
            #"{"bases": ["doctor"], "adds": [{"permission": "massage.oil.burn", "reach": "assigned"}]}"#)
        #expect(more.rights(to: burn, with: plugins) == [Right(.assigned)])
        #expect(more.rights(to: burn, with: []).isEmpty)
        let wider = try table(
            #"{"bases": ["vaidya"], "adds": [{"permission": "massage.course.sign", "reach": "tenant"}]}"#)
        #expect(Set(wider.rights(to: sign, with: plugins)) == [Right(.assigned), Right(.tenant)])
        for definition in [
            #"{"bases": ["vaidya"], "removes": ["massage.course.sign"]}"#,
            """
            {"bases": ["vaidya"], "removes": ["massage.course.sign"],
             "adds": [{"permission": "massage.course.sign", "reach": "tenant"}]}
            """,
        ] {
            let less = try table(definition)
            #expect(less.rights(to: sign, with: plugins).isEmpty)
            #expect(less.removes(sign))
            #expect(less.dormant(at: nil, until: nil, without: []).isEmpty)
        }
    }

    @Test("what a role names of a plugin that is not there is nothing, and told to whoever passes it on")
    func dormant() throws {
        let role = try table(
            #"{"bases": ["doctor"], "adds": [{"permission": "massage.oil.burn", "reach": "assigned"}]}"#)
        let without = role.placed(at: nil, until: nil, with: [])
        #expect(!without.contains { $0.permission == burn })
        #expect(
            role.dormant(at: nil, until: nil, without: []).map { [$0.permission.name, $0.extent.word] }
                == [["massage.oil.burn", "assigned"]])
        #expect(role.dormant(at: nil, until: nil, without: plugins).isEmpty)
        #expect(
            role.placed(at: nil, until: nil, with: plugins).beyond(without).map(\.permission) == [burn])
    }

    @Test("guardians, programs and whoever opened a record in an emergency have none of it")
    func outsiders() {
        let tables = [
            RightTable.guardian(for: WardCategory.allCases, isContested: false), .emergency,
            RightTable([sign], to: .tenant), .nothing,
        ]
        for table in tables { #expect(table.rights(to: sign, with: plugins).isEmpty) }
        #expect(!sign.isForPrograms && !sign.isAdministrative)
    }

    @Test("the published matrix says whose it is, what it means and who has it; a list is in one order")
    func published() throws {
        let document = try JSON(
            parsing: MatrixDocument(with: plugins).jsonText, limits: JSONLimits(bytes: 1 << 20))
        let shown = try #require(document["plugins"]?.arrayValue?.first)
        #expect(shown["plugin"] == "massage" && shown["title"] == "Massage")
        #expect(
            shown["permissions"]?.arrayValue?.first?.jsonText == """
                {"permission":"massage.course.sign","meaning":"Sign a course.","suggested_to":\
                [{"role":"vaidya","reach":"assigned"},{"role":"nurse","reach":"location"}]}
                """)
        let rights = RoleMatrix.table(of: .vaidya).placed(at: nil, until: nil, with: plugins)
        #expect(rights.inOrder.last?.permission == sign)
    }

    @Test("a plugin that calls its permissions as the house does is told so")
    func houses() {
        #expect(Subject.flaws(in: plugins).isEmpty)
        #expect(
            Subject.flaws(in: [ClinicPlugin(Impostor.self)])
                == ["impostor: audit.trail.forget begins as the house's do"])
    }
}

private struct Massage: DomainPlugin {
    static let id: PluginID = "massage"
    static let title = "Massage"
    static let version = 1
    static let permissions = [
        PluginPermission(
            "massage.course.sign", "Sign a course.", to: [.vaidya: .assigned, .nurse: .location]),
        PluginPermission("massage.oil.burn", "Burn oil."),
    ]

    struct Configuration: Shape {}

    func visitTypes(_: Configuration) -> [VisitType] {}
}

private struct Impostor: DomainPlugin {
    static let id: PluginID = "impostor"
    static let title = "Impostor"
    static let version = 1
    static let namespace = "audit"
    static let permissions = [PluginPermission("audit.trail.forget", "Forget it all.")]

    struct Configuration: Shape {}

    func visitTypes(_: Configuration) -> [VisitType] {}
}
