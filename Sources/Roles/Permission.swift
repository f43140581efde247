import JSON
public import Shapes

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
public enum Subject: String, CaseIterable, Hashable, Sendable {
    case tenants, staff, configuration, schedule, appointments, queue, demographics
    case clinicalNotes = "clinical_notes"
    case specialtyNotes = "specialty_notes"
    case prescriptions, stock, laboratory, billing, refunds, reports, audit
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

/// One thing that a role may allow: a deed on a subject.
public struct Permission: Hashable, Sendable {
    /// What is done.
    public let deed: Deed
    /// To what.
    public let subject: Subject

    /// `Permission(.create, .appointments)`.
    public init(_ deed: Deed, _ subject: Subject) { (self.deed, self.subject) = (deed, subject) }

    /// The permission of that name; nil for what nobody can be allowed.
    public init?(name: String) {
        guard let known = Self.named[name] else { return nil }
        self = known
    }

    /// `appointments.create`: as the document and the audit trail name it.
    public var name: String { subject.rawValue + "." + deed.word }

    /// All there are, subject by subject.
    public static let all = Subject.allCases.flatMap { subject in
        Deed.allCases.map { Permission($0, subject) }
    }
    private static let named = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// Whether a program may be given it. What people may do, how the clinic is set up and what somebody has
    /// to answer for stays with people.
    public var isForPrograms: Bool {
        switch (subject, deed) {
        case (_, .approve), (.tenants, _): false
        case (.staff, _), (.configuration, _), (.audit, _): deed == .read
        default: true
        }
    }

    /// Its place in a role's row.
    var index: Int {
        (Subject.allCases.firstIndex(of: subject) ?? 0) * Deed.allCases.count + deed.rawValue
    }
    static let count = Subject.allCases.count * Deed.allCases.count
}

extension Permission: WireText {
    /// One of the names.
    public static var schema: Schema {
        .string(["enum": .array(all.map { .string($0.name) })])
    }
    /// For the complaint.
    public static var form: String { "a permission such as appointments.create" }
    /// Reads a name.
    public init?(wire text: String) { self.init(name: text) }
    /// The name.
    public var wire: String { name }
}
