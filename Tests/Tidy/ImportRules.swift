/// Who may import whom: the house's walls, read from `import` lines and from the manifest.
struct ImportRules {
    /// The rooms behind whose walls a C library stays. A library is replaced in one place or not at all.
    static let importersOfDoor: [String: Set<String>] = [
        "CLibPQ": ["Database"],
        "CCurl": ["Outgoing"],
        "COpenSSL": ["Crypto"],
        "CLLHTTP": ["HTTP"],
        "CZlib": ["HTTP"],
        "CHiredis": ["Redis"],
        "CWslay": ["WebSocket"],
        "CSodium": ["Crypto"],
        "CZxcvbn": ["Credentials"],
        "CSystem": ["EventLoop", "HTTP", "Telemetry", "Database", "Nadi"],
    ]
    /// Rooms in the path of every request: Foundation's bridging and its 40 MB stay out of them.
    static let hotRooms: Set = ["Vocabulary", "JSON", "EventLoop", "HTTP", "Database", "Redis"]
    /// What the toolchain gives and a room may use without asking.
    static let toolchain: Set = ["Glibc", "Synchronization", "FoundationEssentials"]

    let plan: HousePlan
    let plugins: Set<String>

    func findings(in file: SourceFile) -> [Finding] {
        guard let room = file.room, !file.isTest, room != "PluginRoster" else { return [] }
        return Self.imports(of: file).flatMap { module, line in
            fault(of: module, in: room, file: file).map { [file.finding($0.rule, line, $0.words)] } ?? []
        }
    }

    /// The manifest itself: a door that nobody guards, or that a room was given beside its guardian.
    func findings(inManifest path: String) -> [Finding] {
        let unguarded = plan.doors.filter { Self.importersOfDoor[$0] == nil }.map {
            "no room is named as importer of \($0)"
        }
        let trespassers = plan.rooms.flatMap { room in
            room.uses.filter { Self.importersOfDoor[$0]?.contains(room.name) == false }
                .map { "\(room.name) may not use \($0)" }
        }
        return (unguarded + trespassers).map { Finding(rule: .soleImporter, path: path, line: 1, words: $0) }
    }

    /// `public import struct HTTP.HTTPRequest` → `HTTP`.
    static func imports(of file: SourceFile) -> [(module: String, line: Int)] {
        let kinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "typealias"]
        return file.code.enumerated().compactMap { offset, line in
            let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
            guard let at = words.firstIndex(of: "import"), words.prefix(at).allSatisfy(Self.isImportPrefix)
            else { return nil }
            let named = words.dropFirst(at + 1).drop { kinds.contains($0) }
            return named.first.map { ($0, offset + 1) }
        }
    }

    private static func isImportPrefix(_ word: String) -> Bool {
        [
            "public", "package", "internal", "private", "fileprivate", "preconcurrency", "testable",
            "_exported",
        ].contains(word)
    }

    private func fault(of module: String, in room: String, file: SourceFile) -> (
        rule: HouseRule, words: String
    )? {
        if plugins.contains(room) {
            return module == "PluginKit"
                ? nil : (.pluginImports, "a plugin imports PluginKit alone, not \(module)")
        }
        if let guardians = Self.importersOfDoor[module] {
            return guardians.contains(room)
                ? nil : (.soleImporter, "\(module) belongs to \(guardians.sorted())")
        }
        if module.hasPrefix("Foundation"), Self.hotRooms.contains(room) {
            return (.hotRoomFoundation, "\(room) is in the path of every request and imports \(module)")
        }
        if Self.toolchain.contains(module) || file.parts[1] == "Nadi" { return nil }
        guard plan.rooms.contains(where: { $0.name == module }) else {
            return (.outsideModule, "\(module) is neither a room nor one of \(Self.toolchain.sorted())")
        }
        let declared = plan.rooms.first { $0.name == room }?.uses ?? []
        guard declared.contains(module), plan.above(room).contains(module) else {
            return (
                .importOrder,
                "\(room) imports \(module) without naming it in Package.swift, or it is not above"
            )
        }
        return nil
    }
}
