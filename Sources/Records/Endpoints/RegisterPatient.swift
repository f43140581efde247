public import Access
public import EndpointKit
import Outbox
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Adds a patient.
public struct RegisterPatient: Endpoint {
    /// `POST /v1/patients`
    public static let route = Route.post("/v1/patients")
    /// What it does.
    public static let summary = "Register a patient."
    /// What a caller must know.
    public static let details = """
        Nobody is looked for: who is registered already is registered twice. Neither address is proven by it.
        """
    /// Whoever may add patients.
    public static let access = Access<Permit<RegisterPatients>>.permitted()
    /// Faster than a desk can type.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// The registration is recorded with the patient.
    public static let audit = Audit.writes("patient")

    @In(.body, "As they want to be called.", .length(1...200), .notBlank) var name: String
    @In(.body, "Tells people of one name apart.", .born) var birthDate: Day
    @In(.body, "In E.164.", .phone) var phone: String?
    @In(.body, "Where they read mail.", .length(3...254), .email) var email: String?
    @In(.body, "The language in which they want to be written to; the clinic's first when it is not said.")
    var language: Language?

    /// Inputs still empty.
    public init() {}

    /// Stores the patient, the line in the trail and the event together.
    public func respond(to permit: Permit<RegisterPatients>) async throws -> Created<Patient> {
        let patient = try newPatient(of: permit)
        return try await permit.write { clinic in
            patient.insert(in: clinic)
            AuditTrail.record(
                AuditEvent(RegisterPatients.permission, of: "patient", patient.id.unique), by: permit,
                in: clinic)
            Outbox.record(PatientRegistered(patient: patient), in: clinic)
            return Created(patient, at: Patient.path(of: patient.id))
        }
    }

    private func newPatient(of permit: Permit<RegisterPatients>) throws -> Patient {
        // Somewhere it is tomorrow already.
        guard birthDate <= Day(containingUTC: permit.now) + 1 else {
            let detail = "must be a day that has come"
            throw Problem.invalidInput([
                Complaint(pointer: "/birth_date", code: "in_the_future", detail: detail)
            ])
        }
        guard let language = language ?? permit.tenant.configuration.languages.first else {
            throw Problem.invalidInput([
                Complaint(pointer: "/language", code: "missing", detail: "must be said: the clinic has none")
            ])
        }
        return Patient(
            id: .random(at: permit.now), name: name, birthDate: birthDate, phone: phone,
            email: email?.lowercased(),
            language: language, createdAt: permit.now)
    }
}

extension Rule where Value == String {
    /// E.164, as the column demands it.
    fileprivate static var phone: Rule {
        .pattern("^\\+[1-9][0-9]{6,14}$", "be a telephone number such as +919876543210") { text in
            let digits = text.utf8.dropFirst()
            return text.utf8.first == UInt8(ascii: "+") && (7...15).contains(digits.count)
                && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
                && digits.first != UInt8(ascii: "0")
        }
    }

    /// Something, an @ and something: only a message proves an address.
    fileprivate static var email: Rule {
        .pattern("^[!-?A-~]+@[!-?A-~]+$", "be a mail address such as asha@example.org") { text in
            let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
            return parts.count == 2
                && parts.allSatisfy { part in !part.isEmpty && part.allSatisfy { (0x21...0x7E).contains($0) }
                }
        }
    }
}

extension Rule where Value == Day {
    /// After the oldest birthday that anybody alive has.
    fileprivate static var born: Rule {
        .check("implausible", "be later than 1890-01-01") { day in
            Day(text: "1890-01-01").map { day > $0 } ?? true
        }
    }
}
