import Testing

/// Style and architecture as tests: the whole tree is read and judged.
@Suite("the house is tidy")
struct TidyTests {
    static let tree = Tree()
    static let findings = allFindings()

    @Test("no rule of the house is broken", arguments: HouseRule.allCases)
    func rule(_ rule: HouseRule) {
        let open = settle(Self.findings, against: debts).open.filter { $0.rule == rule }
        #expect(open.isEmpty, "\n\(open.map(\.description).joined(separator: "\n"))")
    }

    @Test("debts that were paid are struck out")
    func staleDebts() {
        let stale = settle(Self.findings, against: debts).stale
        #expect(stale.isEmpty, "\n\(stale.joined(separator: "\n"))")
    }

    @Test("the tree was really read")
    func treeIsThere() throws {
        let plan = HousePlan(manifest: try #require(Self.tree.text("Package.swift")))
        let folders = Self.tree.names(in: "Sources")
        #expect(plan.rooms.count > 10)
        #expect(
            Set(plan.rooms.map(\.name)).subtracting(folders) == [], "rooms of the manifest without a folder")
        #expect(Self.tree.sources().count > folders.count)
    }

    @Test("the README shows the rooms of the manifest, in the order of the walk")
    func rooms() throws {
        let plan = HousePlan(manifest: try #require(Self.tree.text("Package.swift")))
        let shown = try #require(Self.tree.text("README.md"))
            .matches(of: /^\| \[(\w+)\]\(Sources\/(\w+)\) \| \S/.anchorsMatchLineEndings())
        #expect(shown.allSatisfy { $0.1 == $0.2 })
        #expect(
            shown.map { String($0.1) } == ["System"] + plan.rooms.map(\.name) + ["PluginRoster", "Nadi"])
    }

    private static func allFindings() -> [Finding] {
        let plan = HousePlan(manifest: tree.text("Package.swift") ?? "")
        let imports = ImportRules(
            plan: plan, plugins: Set(tree.names(in: "Plugins").filter { !$0.contains(".") }))
        var findings = imports.findings(inManifest: "Package.swift")
        for file in tree.sources() {
            findings += imports.findings(in: file)
            findings += WordRules.findings(in: file)
            findings += CodeRules.findings(in: file)
            findings += CodeRules.packageAccess(in: file, foundations: plan.foundations)
            findings += BudgetRules.findings(in: file)
            findings += DocumentationRules.findings(in: file)
        }
        return findings + doorSigns() + migrations() + roster(installed: imports.plugins)
    }

    private static func doorSigns() -> [Finding] {
        let rooms = tree.names(in: "Sources").map { "Sources/\($0)" }
        let plugins = tree.names(in: "Plugins").filter { !$0.contains(".") }.map { "Plugins/\($0)" }
        return (rooms + plugins).flatMap {
            DocumentationRules.doorSign(of: $0, text: tree.text("\($0)/README.md"))
        }
    }

    private static func migrations() -> [Finding] {
        tree.files(below: "Migrations", ending: ".sql")
            .flatMap { MigrationRules.findings(path: $0, sql: tree.text($0) ?? "") }
    }

    /// SwiftPM caches the manifest by its text: without `--manifest-cache none` a new plugin stays unseen.
    private static func roster(installed: Set<String>) -> [Finding] {
        guard let roster = tree.builtRoster(), roster != installed else { return [] }
        let odd = roster.symmetricDifference(installed).sorted()
        return [
            Finding(
                rule: .roster, path: "Plugins", line: 1,
                words: "the build's roster and the folders differ by \(odd); build with --manifest-cache none"
            )
        ]
    }
}
