import Testing

/// Each rule is proven by a fault planted for it, and by its innocent neighbour.
@Suite("every rule finds its planted fault")
struct PlantedFaultTests {
    private static let manifest = """
        let doors: [Target] = [
            .target(name: "CLibPQ", path: "Sources/System/CLibPQ"),
        ]

        let rooms: [Target] = [
            // Foundations.
            room("Vocabulary"),
            room("JSON"),
            room("HTTP", uses: "Vocabulary"),
            room(
                "Database", uses: "Vocabulary",
                "CLibPQ"),
            room("PluginKit", uses: "Vocabulary"),
            room("Tenancy", uses: "Vocabulary", "Database"),
        ]
        """

    static let inSwift: [(HouseRule, String, String)] = [
        (.importOrder, "Sources/JSON/Reader.swift", "import Vocabulary"),
        (.importOrder, "Sources/HTTP/Reader.swift", "public import struct Tenancy.Tenant"),
        (.soleImporter, "Sources/Tenancy/Reader.swift", "import CLibPQ"),
        (.outsideModule, "Sources/Tenancy/Reader.swift", "import Dispatch"),
        (.hotRoomFoundation, "Sources/JSON/Reader.swift", "import FoundationEssentials"),
        (.pluginImports, "Plugins/Dentistry/Reader.swift", "import Vocabulary"),
        (
            .sqlPlace, "Sources/Tenancy/Reader.swift",
            #"let text: SQL = "SELECT id FROM tenant WHERE slug = \(slug)""#
        ),
        (
            .sqlPlace, "Sources/Tenancy/Reader.swift",
            "let text = \"\"\"\n    insert into tenant values (1)\n    \"\"\""
        ),
        (.word, "Sources/Tenancy/Reader.swift", "struct Reader {}\nstruct UserAddress {}"),
        (.word, "Sources/Tenancy/EventTypeReader.swift", "struct EventTypeReader {}"),
        (.fileName, "Sources/Tenancy/ReaderHelper.swift", "struct ReaderHelper {}"),
        (.firstType, "Sources/Tenancy/Reader.swift", "struct Writer {}"),
        (.fileLength, "Sources/Tenancy/Reader.swift", String(repeating: "let one = 1\n", count: 301)),
        (.functionLength, "Sources/Tenancy/Reader.swift", function(lines: 61)),
        (.lineLength, "Sources/Tenancy/Reader.swift", "// " + String(repeating: "x", count: 108)),
        (
            .nesting, "Sources/Tenancy/Reader.swift",
            "func f() { if a { for b in c { while d { if e { g() } } } } }"
        ),
        (.forbidden, "Sources/Tenancy/Reader.swift", "let a = try! read()"),
        (.forbidden, "Sources/Tenancy/Reader.swift", "let a = b as! Int"),
        (.forbidden, "Sources/Tenancy/Reader.swift", "let a = first!.second"),
        (.forbidden, "Sources/Tenancy/Reader.swift", "let a = \"seen \\(names.first!)\""),
        (.forbidden, "Sources/Tenancy/Reader.swift", "fatalError(\"no\")"),
        (.forbidden, "Sources/Tenancy/Reader.swift", "print(1)"),
        (.forbidden, "Sources/Tenancy/Reader.swift", "Task.detached { }"),
        (
            .uncheckedPlace, "Sources/Tenancy/Reader.swift",
            "// The lock holds.\nstruct Reader: @unchecked Sendable {}"
        ),
        (.uncheckedPlace, "Sources/Database/Reader.swift", "nonisolated(unsafe) var count = 0"),
        (.unfinished, "Sources/Tenancy/Reader.swift", "// TODO: later"),
        (.packageAccess, "Sources/JSON/Reader.swift", "package struct Reader {}"),
        (.documented, "Sources/Tenancy/Reader.swift", "public struct Reader {}"),
        (
            .documented, "Sources/Tenancy/Reader.swift",
            "/// Reads.\nstruct Reader {\n    @inlinable\n    public init() {}\n}"
        ),
    ]

    static let innocent: [(String, String)] = [
        ("Sources/HTTP/Reader.swift", "public import Vocabulary\nimport Glibc"),
        (
            "Sources/Database/Reader.swift",
            "import CLibPQ\n// The loop confines it.\nnonisolated(unsafe) var count = 0"
        ),
        ("Plugins/Dentistry/Reader.swift", "import PluginKit"),
        (
            "Sources/Tenancy/Reader+SQL.swift",
            "extension Reader { static let text: SQL = \"SELECT id FROM tenant\" }"
        ),
        (
            "Sources/Tenancy/Reader.swift",
            "/// Reads with try! and fatalError(1) in words alone.\nlet a = \"print(1) TODO /* x!\""
        ),
        (
            "Sources/Tenancy/Reader.swift",
            "guard try !isOpen(), a != b else { stream.print(1) }\nlet b = #\"a \" x! \"#"
        ),
        (
            "Sources/Tenancy/Reader.swift",
            "let a = \"\\(f(\")\"))\" // x\nlet words = \"Select a slot from the list.\""
        ),
        (
            "Sources/Tenancy/Reader.swift",
            "/// Reads.\n@inlinable\npublic func read() {}\npublic import Vocabulary"
        ),
        ("Sources/Tenancy/Reader.swift", "func f() { if a { for b in c { while d { g { h() } } } } }"),
        ("Sources/Tenancy/Reader.swift", function(lines: 60)),
        ("Sources/Tenancy/Reader.swift", text(columns: 160)),
        ("Sources/JSON/Reader.swift", "func read(package name: Int) {}"),
    ]

    @Test("a planted fault is found, and nothing else", arguments: inSwift)
    func fault(rule: HouseRule, path: String, text: String) {
        let found = Self.findings(path, text)
        #expect(Set(found.map(\.rule)) == [rule], "\(found)")
    }

    @Test("innocent code is left alone", arguments: innocent)
    func innocence(path: String, text: String) {
        #expect(Self.findings(path, text) == [])
    }

    @Test("a room that was given another room's C library is found in the manifest")
    func trespass() {
        let changed = Self.manifest.replacing("room(\"JSON\")", with: "room(\"JSON\", uses: \"CLibPQ\")")
        let rules = ImportRules(plan: HousePlan(manifest: changed), plugins: [])
        #expect(rules.findings(inManifest: "Package.swift").map(\.words) == ["JSON may not use CLibPQ"])
    }

    @Test("the manifest is read as it is written")
    func plan() {
        let plan = HousePlan(manifest: Self.manifest)
        #expect(plan.doors == ["CLibPQ"])
        #expect(plan.rooms.map(\.name) == ["Vocabulary", "JSON", "HTTP", "Database", "PluginKit", "Tenancy"])
        #expect(plan.rooms[3].uses == ["Vocabulary", "CLibPQ"])
        #expect(plan.foundations == ["Vocabulary", "JSON", "HTTP", "Database", "PluginKit"])
    }

    @Test("a door sign is more than a heading", arguments: [nil, "# Room\n", "# Room\n\nOne line.\n"])
    func doorSign(text: String?) {
        let sign = "# Room\n\nKeys and signatures live here.\nA policy, how long or for whom, never does.\n"
        #expect(DocumentationRules.doorSign(of: "Sources/Room", text: text).count == 1)
        #expect(DocumentationRules.doorSign(of: "Sources/Room", text: sign) == [])
    }

    private static func findings(_ path: String, _ text: String) -> [Finding] {
        let plan = HousePlan(manifest: manifest)
        let file = SourceFile(path: path, text: text)
        var found = ImportRules(plan: plan, plugins: ["Dentistry"]).findings(in: file)
        found += WordRules.findings(in: file)
        found += CodeRules.findings(in: file)
        found += CodeRules.packageAccess(in: file, foundations: plan.foundations)
        found += BudgetRules.findings(in: file)
        return found + DocumentationRules.findings(in: file)
    }

    private static func text(columns: Int) -> String {
        "let sheet = \"\"\"\n    a\n    " + String(repeating: "x", count: columns - 4) + "\n    \"\"\"\n"
    }

    private static func function(lines: Int) -> String {
        "func long() {\n" + String(repeating: "    step()\n", count: lines - 2) + "}\n"
    }
}
