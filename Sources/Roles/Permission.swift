import JSON
public import PluginKit
public import Shapes
public import Tenancy

/// What can be done to a subject.
public enum Deed: Int, CaseIterable, Sendable {
    case create, read, update, void, approve

    /// The letter in the matrix.
    var letter: Character {
        switch self {
        case .create: "C"
        case .read: "R"
        case .update: "U"
        case .void: "X"
        case .approve: "A"
        }
    }

    /// The word in a permission's name.
    var word: String {
        switch self {
        case .create: "create"
        case .read: "read"
        case .update: "update"
        case .void: "void"
        case .approve: "approve"
        }
    }
}

/// What it can be done to: the columns of the matrix.
public enum Subject: Int, CaseIterable, Sendable {
    case tenants, staff, configuration, schedule, appointments, queue, demographics, clinicalNotes
    case specialtyNotes, prescriptions, stock, laboratory, billing, refunds, reports, audit

    /// The word in a permission's name.
    var word: String {
        switch self {
        case .tenants: "tenants"
        case .staff: "staff"
        case .configuration: "configuration"
        case .schedule: "schedule"
        case .appointments: "appointments"
        case .queue: "queue"
        case .demographics: "demographics"
        case .clinicalNotes: "clinical_notes"
        case .specialtyNotes: "specialty_notes"
        case .prescriptions: "prescriptions"
        case .stock: "stock"
        case .laboratory: "laboratory"
        case .billing: "billing"
        case .refunds: "refunds"
        case .reports: "reports"
        case .audit: "audit"
        }
    }
}

extension Subject {
    /// Whether it is how the clinic is set up, of which changes are told place by place. What is kept of
    /// patients never is: the trail holds nothing of it.
    public var isAdministrative: Bool {
        switch self {
        case .tenants, .staff, .configuration, .audit: true
        default: false
        }
    }
}

/// One thing that a role may allow.
public enum Permission: Hashable, Sendable {
    /// A deed on a subject of the house's: `appointments.create`.
    case house(Deed, Subject)
    /// What a plugin declares: `ayurveda.course.sign`. It allows something at clinics that have the plugin,
    /// and nothing at others.
    case plugin(PluginPermission.Name)

    /// `Permission(.create, .appointments)`.
    public init(_ deed: Deed, _ subject: Subject) { self = .house(deed, subject) }

    /// The permission of that name; nil for what nobody can be allowed. Whether a plugin declares what looks
    /// like a plugin's only a clinic can tell.
    public init?(name: String) {
        if let known = Self.named[name] {
            self = known
        } else if let declared = PluginPermission.Name(text: name) {
            self = .plugin(declared)
        } else {
            return nil
        }
    }

    /// As the document and the audit trail name it.
    public var name: String {
        switch self {
        case .house(let deed, let subject): subject.word + "." + deed.word
        case .plugin(let name): name.text
        }
    }

    /// What kind of thing it is about, as the audit trail names it.
    public var subjectName: String {
        switch self {
        case .house(_, let subject): subject.word
        case .plugin(let name): String(name.namespace)
        }
    }

    /// All that the house has, subject by subject.
    public static let all = Subject.allCases.flatMap { subject in
        Deed.allCases.map { Permission($0, subject) }
    }
    private static let named = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// Whether it is about how the clinic is set up; see `Subject.isAdministrative`.
    public var isAdministrative: Bool {
        if case .house(_, let subject) = self { subject.isAdministrative } else { false }
    }

    /// Whether a program may be given it. What people may do, how the clinic is set up, what only a specialty
    /// knows and what somebody has to answer for stays with people.
    public var isForPrograms: Bool {
        switch self {
        case .house(.approve, _), .house(_, .tenants), .plugin: false
        case .house(let deed, .staff), .house(let deed, .configuration), .house(let deed, .audit):
            deed == .read
        case .house: true
        }
    }

    /// Whether it is one of the house's, or one that a plugin of these declares.
    public func isDeclared(by plugins: [ClinicPlugin]) -> Bool {
        guard case .plugin(let name) = self else { return true }
        return plugins.permission(named: name) != nil
    }

    /// Its place in a role's row; nil for a plugin's, which has none. Every permit asks: it is counted, not
    /// looked for.
    var index: Int? {
        guard case .house(let deed, let subject) = self else { return nil }
        return subject.rawValue * Self.deeds + deed.rawValue
    }
    static let count = Subject.allCases.count * deeds
    private static let deeds = Deed.allCases.count
}

extension Permission: WireText {
    /// One of the house's names, or one that a plugin could declare.
    public static var schema: Schema {
        var schema = Schema()
        schema.anyOf = [
            .string(["enum": .array(all.map { .string($0.name) })]),
            .string([
                "maxLength": .integer(Int64(PluginPermission.Name.lengthMax)),
                "pattern": .string(PluginPermission.Name.pattern), "examples": ["ayurveda.course.sign"],
            ]),
        ]
        return schema
    }
    /// For the complaint.
    public static var form: String { "a permission such as appointments.create or ayurveda.course.sign" }
    /// Reads a name.
    public init?(wire text: String) { self.init(name: text) }
    /// The name.
    public var wire: String { name }
}

extension Subject {
    /// Plugins whose permissions would be called as the house's are: nobody could tell whose they are.
    public static func flaws(in plugins: [ClinicPlugin]) -> [String] {
        let words = Set(allCases.map(\.word))
        return plugins.flatMap { plugin in
            plugin.permissions.filter { words.contains(String($0.name.namespace)) }
                .map { "\(plugin.id): \($0.name) begins as the house's do" }
        }
    }
}
