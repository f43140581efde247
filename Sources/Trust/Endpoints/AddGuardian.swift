public import Access
import Database
public import EndpointKit
import Identity
import JSON
import Reception
import Records
import Roles
import Shapes
import Tenancy
import Vocabulary

/// Lets somebody answer for a patient.
public struct AddGuardian: Endpoint {
    /// `POST /v1/patients/{patient}/guardians`
    public static let route = Route.post("/v1/patients/{patient}/guardians")
    /// What it does.
    public static let summary = "Let somebody answer for a patient."
    /// What a caller must know.
    public static let details = """
        Both are patients of the clinic; the guardian signs in as themselves and names the patient in what they ask. For a \
        child it ends by itself on the day on which they are of age, which the clinic sets; from then on they say themselves who \
        answers for them. For somebody of age it ends after a year at the latest. Whoever is added while guardians do not \
        agree changes nothing either, until the clinic has settled it.
        """
    /// Whoever keeps who the patient is, and patients of age for themselves.
    public static let access = Access<Permit<SetGuardians>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(30, per: .seconds(60))
    /// Who let whom answer for what is kept.
    public static let audit = Audit.writes("guardianship")
    /// They may answer for them already.
    public static let problems: [ProblemCode] = [.notFound, .conflict, .notAllowed]

    @In(.path, "The patient.") var patient: ID<Patient>
    @In(.body, "Who is to answer for them.") var guardian: ID<Patient>
    @In(.body, "What they are to the patient.") var relation: Guardianship.Relation
    @In(.body, "For what they answer.", .count(1...6)) var categories: [WardCategory]
    @In(.body, "Until when; as long as it can be when it is not sent.") var until: Instant?

    /// Inputs still empty.
    public init() {}

    /// Of one patient's one after the other.
    public func respond(to permit: Permit<SetGuardians>) async throws -> Created<Guardianship> {
        guard guardian != patient else { throw Self.complaint("guardian", "same", "must be somebody else") }
        return try await permit.write { clinic in
            let tenant = clinic.tenant
            clinic.lock([Int64(bitPattern: patient.unique.low)])
            let born = try await birthDates(permit, in: clinic)
            let others: [Guardianship] = try await clinic.rows(
                Guardianship.all(of: patient, at: permit.now, in: tenant))
            guard !others.contains(where: { $0.guardian == guardian }) else {
                throw Problem.conflict("They answer for this patient already.")
            }
            guard others.count < Guardianship.most else {
                throw Problem.conflict("A patient has \(Guardianship.most) guardians at most.")
            }
            var made = try guardianship(ofOneBorn: born.ward, permit)
            made.contestedAt = others.lazy.compactMap(\.contestedAt).first
            made.insert(by: permit.caller.id, in: clinic)
            let event = AuditEvent(
                SetGuardians.permission, of: "guardianship", patient.unique,
                detail: [
                    "added": .string(guardian.text), "until": .string(made.until.text),
                    "categories": .array(categories.map { .string($0.rawValue) }),
                ])
            AuditTrail.record(event.about(patient.unique), by: permit, in: clinic)
            return Created(made, at: "/v1/patients/\(patient.text)/guardians")
        }
    }

    /// Whoever is not of age answers for nobody, and does not say who answers for them.
    private func birthDates(
        _ permit: Permit<SetGuardians>, in clinic: borrowing Transaction
    ) async throws -> (ward: Day, guardian: Day) {
        let isReached: Bool? = try await clinic.row(
            Patient.isReached(patient, within: permit.reach, in: clinic.tenant))
        let ward: Day? = try await clinic.row(Guardianship.birthDate(of: patient, in: clinic.tenant))
        guard isReached == true, let ward else { throw Problem.notFound }
        try permit.mustSayWhoAnswers(forOneBorn: ward)
        let other: Day? = try await clinic.row(Guardianship.birthDate(of: guardian, in: clinic.tenant))
        guard let other, permit.isOfAge(other) else {
            throw Self.complaint("guardian", "unknown", "must be a patient of the clinic who is of age")
        }
        return (ward, other)
    }

    private func guardianship(
        ofOneBorn birthDate: Day, _ permit: Permit<SetGuardians>
    ) throws -> Guardianship {
        let last = Guardianship.last(
            for: birthDate, ofAge: permit.majorityAge, at: permit.now, in: permit.zone)
        guard until.map({ $0 > permit.now && $0 <= last }) ?? true else {
            throw Self.complaint("until", "out_of_range", "must be to come, and not after \(last.text)")
        }
        return Guardianship(
            id: .random(at: permit.now), ward: patient, guardian: guardian, relation: relation,
            categories: categories, since: permit.now, until: until ?? last)
    }

    private static func complaint(_ name: String, _ code: String, _ detail: String) -> Problem {
        .invalidInput([Complaint(pointer: "/" + name, code: code, detail: detail)])
    }
}

extension Permit<SetGuardians> {
    fileprivate var majorityAge: Int { tenant.configuration.access.majorityAge }
    fileprivate var zone: Zone { tenant.locations.first?.zone ?? .utc }

    fileprivate func isOfAge(_ birthDate: Day) -> Bool {
        Guardianship.isOfAge(birthDate, majorityAge, at: now, in: zone)
    }

    /// Throws for a child who asks for themselves: neither do they choose their guardians, nor are they rid
    /// of them.
    func mustSayWhoAnswers(forOneBorn birthDate: Day) throws(Problem) {
        guard caller.kind != .patient || isOfAge(birthDate) else {
            throw Problem(.notAllowed, "Until you are of age the clinic says who answers for you.")
        }
    }
}
