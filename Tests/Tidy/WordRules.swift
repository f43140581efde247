/// One word, one meaning: names of types, files and columns are checked against the house's dictionary.
struct WordRules {
    struct Entry {
        let instead: String
        let never: Set<String>
        /// Rooms in which the word has its other, technical meaning.
        let free: Set<String>
    }

    /// The machine's half of the dictionary; phrases in lower case with spaces. Words whose second meaning is
    /// plain English everywhere (right, case, order as sequence, file) are left to readers.
    static let dictionary: [Entry] = [
        Entry(
            instead: "Tenant", never: ["organization", "company", "workspace", "realm"], free: []),
        Entry(instead: "Tenant", never: ["account"], free: ["Database"]),
        Entry(instead: "Location", never: ["branch", "facility", "centre", "site"], free: []),
        Entry(instead: "Caller", never: ["user", "principal", "current user"], free: ["Database"]),
        Entry(instead: "StaffMember", never: ["employee"], free: []),
        Entry(
            instead: "Practitioner", never: ["provider", "clinician", "consultant"],
            free: ["Messaging", "Billing"]),
        Entry(instead: "Practitioner", never: ["doctor"], free: ["Nadi"]),
        Entry(instead: "Patient", never: ["client", "customer", "beneficiary"], free: ["HTTP", "Outgoing"]),
        Entry(instead: "Permission", never: ["ability", "privilege"], free: []),
        Entry(
            instead: "VisitType", never: ["service", "procedure", "event type"], free: []),
        Entry(instead: "VisitType", never: ["appointment type"], free: []),
        Entry(instead: "Availability", never: ["schedule", "calendar", "roster"], free: ["PluginRoster"]),
        Entry(instead: "Slot", never: ["opening"], free: ["Database"]),
        Entry(instead: "Hold", never: ["lease", "tentative"], free: []),
        Entry(instead: "Hold", never: ["lock"], free: ["Database", "EventLoop", "Telemetry"]),
        Entry(instead: "Appointment", never: ["booking", "meeting"], free: []),
        Entry(instead: "Reservation", never: ["allocation"], free: []),
        Entry(
            instead: "Reservation", never: ["claim", "claims"], free: ["Identity", "Crypto", "Reception"]),
        Entry(instead: "Visit", never: ["encounter", "consultation"], free: ["Interop"]),
        Entry(instead: "Visit", never: ["session"], free: ["Identity", "SignIn", "Database"]),
        Entry(instead: "Stage", never: ["status"], free: ["HTTP", "EndpointKit", "Reception", "Database"]),
        Entry(instead: "Move", never: ["transition", "action"], free: ["Access", "Vocabulary"]),
        Entry(instead: "Consequence", never: ["side effect", "hook", "trigger"], free: ["EventLoop"]),
        Entry(instead: "Fault", never: ["exception", "failure", "app error", "generic error"], free: []),
        Entry(instead: "Episode", never: ["journey", "programme"], free: []),
        Entry(instead: "Note", never: ["edit", "revision"], free: []),
        Entry(instead: "Upload", never: ["attachment"], free: []),
        Entry(instead: "Charge", never: ["bill", "fee"], free: []),
        Entry(instead: "Charge", never: ["transaction"], free: ["Database"]),
        Entry(instead: "Event", never: ["notification", "notifications"], free: ["Database"]),
        Entry(instead: "Event", never: ["signal"], free: ["EventLoop", "Nadi"]),
        Entry(instead: "Job", never: ["task"], free: ["EventLoop", "HTTP"]),
        Entry(instead: "Job", never: ["command"], free: ["Nadi", "Terminal", "Database"]),
        Entry(instead: "Plugin", never: ["module", "extension", "app", "addon", "add on"], free: []),
        Entry(instead: "Instant", never: ["timestamp", "datetime", "date time"], free: []),
        Entry(instead: "Configuration", never: ["settings", "preferences", "params"], free: []),
    ]
    /// Phrases in which a forbidden word keeps its technical meaning wherever they stand.
    static let freePhrases: Set = [
        "answer status", "http status", "same site", "opening hours", "lock key",
        "event transaction",
    ]
    static let forbiddenFileWords = ["Helper", "Util", "Manager", "Service", "Common"]
    private static let typeKeywords: Set = ["struct", "class", "enum", "actor", "protocol", "typealias"]

    static func findings(in file: SourceFile) -> [Finding] {
        let fileName = forbiddenFileWords.filter { file.name.contains($0) }
            .map { file.finding(.fileName, 1, "a file is named for its first type, never …\($0)…") }
        guard let room = file.room, !file.isTest else { return fileName }
        let names = [(text: stem(of: file.name), line: 1)] + types(in: file)
        return fileName
            + names.flatMap { name in
                misused(words(of: name.text), in: room).map {
                    file.finding(.word, name.line, "\(name.text): \($0)")
                }
            }
            + firstType(of: file)
    }

    /// The words of a column, as of a type.
    static func misusedInColumn(_ column: String) -> [String] {
        misused(column.split(separator: "_").map { $0.lowercased() }, in: "Migrations")
    }

    /// `AppointmentID` → `["appointment", "id"]`.
    static func words(of name: String) -> [String] {
        var words: [String] = []
        var previous: Character = "_"
        let signs = Array(name)
        for (index, sign) in signs.enumerated() {
            let beginsWord =
                sign.isUppercase
                && (!previous.isUppercase || signs[(index + 1)...].first?.isLowercase == true)
            if beginsWord || words.isEmpty || previous == "_" { words.append("") }
            if sign != "_" { words[words.count - 1].append(sign.lowercased()) }
            previous = sign
        }
        return words.filter { !$0.isEmpty }
    }

    /// `Appointment+SQL.swift` → `Appointment`.
    static func stem(of fileName: String) -> String {
        String(fileName.prefix { $0 != "." && $0 != "+" })
    }

    private static func misused(_ words: [String], in room: String) -> [String] {
        let pairs = zip(words, words.dropFirst()).map { "\($0) \($1)" }
        let freed = Set(
            pairs.filter(freePhrases.contains).flatMap { $0.split(separator: " ").map(String.init) })
        let phrases = words.filter { !freed.contains($0) } + pairs
        return dictionary.filter { !$0.free.contains(room) }.flatMap { entry in
            phrases.filter(entry.never.contains).map { "say \(entry.instead), not \($0)" }
        }
    }

    private static func types(in file: SourceFile) -> [(text: String, line: Int)] {
        file.tokens.indices.dropLast().compactMap { index in
            let (keyword, name) = (file.tokens[index], file.tokens[index + 1])
            if index > 0, ["import", "."].contains(file.tokens[index - 1].text) { return nil }
            let isType =
                typeKeywords.contains(keyword.text) && name.isWord
                && !["func", "var", "let"].contains(name.text)
            return isType && keyword.line == name.line ? (name.text, name.line) : nil
        }
    }

    /// A file is named for a type that it declares, extends or makes others conform to; plurals gather.
    private static func firstType(of file: SourceFile) -> [Finding] {
        let pairs = zip(file.tokens, file.tokens.dropFirst())
        let declared = types(in: file).map(\.text) + pairs.filter { $0.0.text == "extension" }.map(\.1.text)
        let expected = stem(of: file.name)
        let singular = expected.hasSuffix("s") ? String(expected.dropLast()) : expected
        guard let first = declared.first, file.name != "main.swift" else { return [] }
        let isCollection = singular != expected && declared.count > 1
        let isNamed = isCollection || declared.contains { $0.hasPrefix(singular) || $0.hasSuffix(singular) }
        guard !isNamed, !file.tokens.contains(where: { $0.text == expected }) else { return [] }
        return [file.finding(.firstType, 1, "no type here is called so; the first is \(first)")]
    }
}
