public import Access
public import EndpointKit
public import Shapes
import Tenancy
import Vocabulary

/// Finds patients by how their names begin.
public struct FindPatients: Endpoint {
    /// `GET /v1/patients`
    public static let route = Route.get("/v1/patients")
    /// What it does.
    public static let summary = "Find patients by how their names begin, in the order of their names."
    /// Whoever may read who a patient is.
    public static let access = Access<Permit<SeePatients>>.permitted()
    /// Whoever leafs through all names is no desk.
    public static let limit = Limit.of(.search)
    /// Who searched is kept; what they typed is a name and is not.
    public static let audit = Audit.reads("patient")

    @In(.query, "How the name begins; capitals do not matter.", .length(0...200)) var name = ""
    @In(.query, "How many to give at most.", .within(1...200)) var limit = 50
    @In(.query, "The `next` of the page before.") var cursor: Cursor?

    /// Inputs still empty.
    public init() {}

    /// One span of the index of names, one patient further than asked for, to know whether there is more.
    public func respond(to permit: Permit<SeePatients>) async throws -> Page<Shown<Patient>> {
        let sight = try Self.sight(of: permit)
        let place = try cursor.map(PatientPlace.init(cursor:)) ?? .start
        let found: [FoundPatient] = try await permit.rows(
            Patient.named(name, after: place, limit: limit + 1, within: sight, in: permit.tenant.id),
            recording: AuditEvent(SeePatients.permission, of: "patient"))
        guard found.count > limit, let last = found.dropLast().last else {
            return Page(found.map { $0.seen.shown(by: sight) })
        }
        return Page(found.dropLast().map { $0.seen.shown(by: sight) }, next: last.place.cursor)
    }

    /// Whoever is not shown names may not look for them: the answer would tell.
    private static func sight(of permit: Permit<SeePatients>) throws -> Sight {
        let sight = permit.sight(of: Patient.shape) {
            $0.limits.isDisjoint(with: .members) || $0.parts.contains("identity")
        }
        guard let sight else { throw Problem.notAllowed }
        return sight
    }
}

extension SeenPatient {
    /// What whoever asks is shown of it.
    func shown(by sight: Sight) -> Shown<Patient> { Shown(patient, hiding: sight.hidden(inViews: views)) }
}

extension PatientPlace {
    /// Before every name.
    static let start = PatientPlace(name: "", id: ID(UniqueID(high: 0, low: 0)))

    /// Reads what `cursor` wrote.
    init(cursor: Cursor) throws {
        let parts = cursor.position.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let id = ID<Patient>(text: parts[0]) else {
            throw Problem.invalidInput([
                Complaint(pointer: "/query/cursor", code: "wrong_form", detail: "must be \(Cursor.form)")
            ])
        }
        self.init(name: String(parts[1]), id: id)
    }

    var cursor: Cursor { Cursor("\(id.text) \(name)") }
}
