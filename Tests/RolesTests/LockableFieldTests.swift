import JSON
import PluginKit
import Shapes
import TestKit
import Testing
import Vocabulary

@testable import Roles

@Suite("A template's locked fields: a clinic narrows them and never widens them")
struct LockableFieldTests {
    private func read(_ text: String) throws -> RoleDefinition {
        try RoleDefinition(reading: try JSON(parsing: text))
    }

    static let template = """
        {"bases": ["nurse", "receptionist"],
         "adds": [{"permission": "reports.read", "reach": "location"},
                  {"permission": "stock.read", "reach": "tenant", "limits": ["part"], "parts": ["a", "b"]}],
         "removes": ["appointments.void"],
         "conditions": [{"kind": "network", "values": ["10.0.0.0/8", "192.0.2.0/24"]}],
         "until": "2027-06-01T00:00:00Z"}
        """

    static let narrower: [String] = [
        template,
        """
        {"bases": ["nurse"], "adds": [], "removes": ["queue.void", "appointments.void"], "conditions": [
            {"kind": "hours", "values": ["mon 08:00-09:00"]}, {"kind": "network", "values": ["10.0.0.0/8"]}],
         "until": "2027-05-31T00:00:00Z"}
        """,
        """
        {"bases": ["receptionist", "nurse"], "removes": ["appointments.void"],
         "adds": [{"permission": "stock.read", "reach": "own", "limits": ["part", "metadata"], "parts": ["b"]}],
         "conditions": [{"kind": "network", "values": ["192.0.2.0/24", "10.0.0.0/8"]}],
         "until": "2027-06-01T00:00:00Z"}
        """,
    ]

    @Test("what is as narrow or narrower is let be", arguments: narrower)
    func narrow(text: String) throws {
        let template = try read(Self.template)
        #expect(try read(text).widened(beyond: template, in: LockableField.allCases) == [])
    }

    static let wider: [(field: LockableField, member: String)] = [
        (.bases, #""bases": ["nurse", "doctor"]"#),
        (.adds, #""adds": [{"permission": "reports.read", "reach": "tenant"}]"#),
        (.adds, #""adds": [{"permission": "stock.read", "reach": "tenant"}]"#),
        (
            .adds,
            #""adds": [{"permission": "stock.read", "reach": "tenant", "limits": ["part"], "parts": ["c"]}]"#
        ),
        (.adds, #""adds": [{"permission": "audit.read", "reach": "own"}]"#),
        (.removes, #""removes": ["queue.void"]"#),
        (.conditions, #""conditions": []"#),
        (.conditions, #""conditions": [{"kind": "network", "values": ["10.0.0.0/8", "198.51.100.0/24"]}]"#),
        (.conditions, #""conditions": [{"kind": "hours", "values": ["mon 08:00-09:00"]}]"#),
        (.until, #""until": "2027-06-02T00:00:00Z""#), (.until, #""until": null"#),
    ]

    @Test("what is wider is named, where it is locked and nowhere else", arguments: wider.indices)
    func wide(index: Int) throws {
        let (field, member) = Self.wider[index]
        let template = try read(Self.template)
        var json = try #require(try JSON(parsing: Self.template).objectValue)
        for each in try #require(try JSON(parsing: "{\(member)}").objectValue).members {
            json[each.name] = each.value
        }
        let wider = try RoleDefinition(reading: .object(json))
        #expect(wider.widened(beyond: template, in: LockableField.allCases) == [field])
        #expect(wider.widened(beyond: template, in: LockableField.allCases.filter { $0 != field }) == [])
    }

    @Test(
        "a new version is followed where the clinic has not touched it; what it has stays as it may"
    )
    func following() throws {
        let before = try read(#"{"bases": ["nurse"], "removes": ["queue.void"]}"#)
        let after = try read(
            #"{"bases": ["nurse", "receptionist"], "removes": ["queue.void", "queue.update"]}"#)
        #expect(before.following(after, from: before, locked: []) == after)
        let own = try read(#"{"bases": ["nurse", "pharmacist"], "removes": ["queue.void", "stock.void"]}"#)
        #expect(own.following(after, from: before, locked: []) == own)
        let bound = own.following(after, from: before, locked: [.bases, .removes])
        #expect(bound.bases == [.nurse])
        #expect(Set(bound.removes.map(\.name)) == ["queue.void", "stock.void", "queue.update"])
        let none = try read(#"{"bases": ["pharmacist"]}"#).following(after, from: before, locked: [.bases])
        #expect(none.bases == after.bases, "a role is made of something")
    }

    @Test("of a thousand roles, none that keeps to a locked template allows what the template does not")
    func neverWider() {
        var dice = Chance(seed: 7)
        var (kept, refused) = (0, 0)
        for _ in 0..<1_000 {
            let template = RoleDefinition(by: &dice), wish = RoleDefinition(by: &dice, near: template)
            guard wish.widened(beyond: template, in: LockableField.allCases).isEmpty else {
                refused += 1
                continue
            }
            kept += 1
            #expect(wish.rights.beyond(template.rights).isEmpty, "\(template.jsonText) \(wish.jsonText)")
        }
        #expect(kept > 100 && refused > 100, "\(kept) kept, \(refused) refused")
    }

    @Test(
        "of a thousand updates, none is wider than the template where it is locked, nor has what neither had")
    func updates() {
        var dice = Chance(seed: 11)
        for _ in 0..<1_000 {
            let before = RoleDefinition(by: &dice), after = RoleDefinition(by: &dice, near: before)
            let own = RoleDefinition(by: &dice, near: before)
            let locked = LockableField.allCases.filter { _ in Bool.random(using: &dice) }
            let merged = own.following(after, from: before, locked: locked)
            #expect(merged.widened(beyond: after, in: locked) == [])
            #expect(own.following(after, from: own, locked: locked).isEquivalent(to: after))
            let whole = own.following(after, from: before, locked: LockableField.allCases)
            #expect(whole.rights.beyond(after.rights).isEmpty)
            for field in LockableField.allCases where !locked.contains(field) {
                #expect(merged.comes(from: own, or: after, in: field))
            }
        }
    }
}

extension RoleDefinition {
    fileprivate var rights: Set<PlacedRight> { RightTable(self).placed(at: nil, until: nil, with: []) }

    fileprivate func isEquivalent(to other: RoleDefinition) -> Bool {
        widened(beyond: other, in: LockableField.allCases).isEmpty
            && other.widened(beyond: self, in: LockableField.allCases).isEmpty
    }

    fileprivate func comes(from own: RoleDefinition, or after: RoleDefinition, in field: LockableField)
        -> Bool
    {
        switch field {
        case .bases: [own.bases, after.bases].contains(bases)
        case .adds: [own.adds, after.adds].contains(adds)
        case .removes: [own.removes, after.removes].contains(removes)
        case .conditions: [own.conditions, after.conditions].contains(conditions)
        case .until: [own.until, after.until].contains(until)
        }
    }

    /// Some role; one near another shares most of what that has.
    fileprivate init(by dice: inout Chance, near other: RoleDefinition? = nil) {
        self.init()
        func some<Value>(_ all: [Value], _ count: Int, _ others: [Value]?) -> [Value] {
            var picked = (others ?? []).filter { _ in Int.random(in: 0..<4, using: &dice) > 0 }
            let isOfItsOwn = others == nil || Int.random(in: 0..<4, using: &dice) == 0
            if isOfItsOwn {
                picked += all.shuffled(using: &dice).prefix(Int.random(in: 0...count, using: &dice))
            }
            return picked
        }
        let clinics = Role.allCases.filter(\.isClinics)
        bases = some(clinics, 2, other?.bases)
        if bases.isEmpty { bases = other?.bases ?? [.nurse] }
        adds = some(Self.rightsToAdd, 4, other?.adds)
        removes = some(Permission.all, 6, other?.removes)
        conditions = some(Self.conditionsToSet, 2, other?.conditions)
        let ends = [nil, Instant(seconds: 1_800_000_000), Instant(seconds: 1_900_000_000)]
        until = Bool.random(using: &dice) ? other?.until : ends.randomElement(using: &dice) ?? nil
    }

    private static let rightsToAdd: [AddedRight] = {
        let limits: [[AddedRight.LimitWord]] = [[], [.part], [.part, .metadata]]
        let names: [String] = ["reports.read", "stock.read", "audit.read"]
        return names.flatMap { name in
            AddedRight.ReachWord.allCases.flatMap { reach in limits.map { right(name, reach, $0) } }
        }
    }()

    private static func right(
        _ name: String, _ reach: AddedRight.ReachWord, _ limits: [AddedRight.LimitWord]
    ) -> AddedRight {
        var right = AddedRight()
        right.permission = Permission(name: name) ?? .plugin("no.such.thing")
        (right.reach, right.limits) = (reach, limits)
        if limits.contains(.part) { right.parts = reach == .own ? ["a"] : ["a", "b"] }
        return right
    }

    private static let conditionsToSet: [Condition] = [
        Condition(networks: ["10.0.0.0/8"]), Condition(networks: ["10.0.0.0/8", "192.0.2.0/24"]),
        Condition(networks: ["192.0.2.0/24"]), Condition(networks: ["198.51.100.0/24"]),
    ]
}
