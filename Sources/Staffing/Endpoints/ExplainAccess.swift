public import Access
import Database
public import EndpointKit
import HTTP
import Identity
public import Reception
import Roles
import Shapes
import Tenancy
import Vocabulary

/// Tells why somebody may do something, or may not.
public struct ExplainAccess: Endpoint {
    /// `POST /v1/access/explain`
    public static let route = Route.post("/v1/access/explain")
    /// What it does.
    public static let summary = "Tell whether somebody who works here may do something, and by which rule."
    /// What a caller must know.
    public static let details = """
        It is decided as their own request would be decided now. Name the `operation` as the document does, or only a \
        `permission`, which is then asked for with everything that any operation can tell apart and leave out. A `subject` \
        is the id of what it would be done to; a `location` says where instead.
        """
    /// Whoever may see who works here.
    public static let access = Access<Equipped<Permit<SeeStaff>, ExplainingParts>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// It tells nothing about any patient.
    public static let audit = Audit.silent
    /// Nothing is done that a key could keep from being done twice.
    public static let idempotency = Idempotency.none
    /// They may not work here, and the subject may not exist.
    public static let problems: [ProblemCode] = [.notFound]

    @In(.body, "Who would do it.") var staff: ID<StaffMember>
    @In(.body, "What they would ask, such as `BookAppointment`.", .length(1...100)) var operation: String?
    @In(.body, "What it needs.") var permission: Permission?
    @In(.body, "To what it would be done, by its id.", .length(5...40)) var subject: String?
    @In(.body, "Where it would be done.") var location: ID<Location>?
    @In(.body, "From which address; the caller's own when it is not sent.", .length(2...45)) var address:
        String?

    /// Inputs still empty.
    public init() {}

    /// Three reads at most: the person, where the subject is, and whether they reach it.
    public func respond(to request: Equipped<Permit<SeeStaff>, ExplainingParts>) async throws
        -> AccessExplanation
    {
        let permit = request.request
        let question = try asked(request.tool)
        let lines: [ColleagueLine] = try await permit.clinic.rows(
            Colleague.withID(staff, within: permit.locations, in: permit.tenant.id))
        guard var person = Colleague.gather(lines).first else { throw Problem.notFound }
        let place = try await place(request.tool, permit)
        if !person.isActive { person.roles = [] }
        let hearing = Hearing(
            person.caller(in: permit.caller.session), of: permit.tenant, from: try origin(permit),
            at: permit.now)
        var explanation = question.act.map { Explanation(of: $0, hearing, at: place) }
        if let subject, let found = explanation, let reaches = request.tool.reachings[prefix(of: subject)] {
            let isReached = try await reaches(subject, found.reach, permit.clinic)
            explanation = found.about(somethingReached: isReached)
        }
        return AccessExplanation(question, explanation, of: person)
    }

    private func prefix(of subject: String) -> String { String(subject.prefix { $0 != "_" }) }

    private func asked(_ parts: ExplainingParts) throws -> AskedOperation {
        if let operation, permission == nil {
            guard let known = parts.operations[operation] else {
                throw Self.complaint("operation", "unknown", "must be an operation of the document")
            }
            return known
        }
        guard let permission, operation == nil else {
            throw Self.complaint("operation", "one_of", "either this or `permission` must be sent")
        }
        return AskedOperation(audience: .permitted, act: .any(permission))
    }

    /// A subject that is not there, or is another clinic's, is not found, whoever asks.
    private func place(
        _ parts: ExplainingParts, _ permit: Permit<SeeStaff>
    ) async throws -> ID<Location>? {
        if let location {
            guard subject == nil else {
                throw Self.complaint("location", "one_of", "either this or `subject` can be sent")
            }
            guard permit.tenant.location(location) != nil else { throw Problem.notFound }
            return location
        }
        guard let subject else { return nil }
        guard let finder = parts.finders[prefix(of: subject)] else {
            throw Self.complaint("subject", "wrong_form", "must be the id of something that can be found")
        }
        switch try await finder(subject, permit.clinic) {
        case .nowhere: throw Problem.notFound
        case .anywhere: return nil
        case .at(let location): return location
        }
    }

    private func origin(_ permit: Permit<SeeStaff>) throws -> IPAddress {
        guard let address else { return permit.request.http.clientAddress }
        guard let read = IPAddress(address) else {
            throw Self.complaint("address", "wrong_form", "must be an address such as 192.0.2.1")
        }
        return read
    }

    private static func complaint(_ name: String, _ code: String, _ detail: String) -> Problem {
        .invalidInput([Complaint(pointer: "/" + name, code: code, detail: detail)])
    }
}
