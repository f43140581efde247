public import Access
import Database
public import EndpointKit
import Identity
import JSON
import Messaging
import Reception
import Records
import Shapes
import Tenancy
import Vocabulary

/// Writes down what a patient said about messages.
public struct SetMessageConsent: Endpoint {
    /// `PUT /v1/patients/{patient}/message-consent`
    public static let route = Route.put("/v1/patients/{patient}/message-consent")
    /// What it does.
    public static let summary = "Write down what a patient said about messages, as a whole."
    /// What a caller must know.
    public static let details = """
        What is not sent is taken back, as if it had never been said. What stays as it was keeps its moment and who said it. \
        Each change is kept in the audit trail.
        """
    /// Whoever keeps who a patient is.
    public static let access = Access<Permit<SetConsent>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(120, per: .seconds(60))
    /// Who wrote it down is kept.
    public static let audit = Audit.writes("message_consent")

    @In(.path, "The patient.") var patient: ID<Patient>
    @In(.body, "Everything that they said.", .count(0...12), .eachOnce) var choices: [ConsentChoice]

    /// Inputs still empty.
    public init() {}

    /// Two who write at once do it one after the other, and the second is told that it decided on what is
    /// over.
    public func respond(to permit: Permit<SetConsent>) async throws -> PatientConsent {
        let wishes = Dictionary(
            choices.map { ($0.choice, $0.wanted) }, uniquingKeysWith: { first, _ in first })
        let speaker = MessageConsent.Speaker(permit.caller, about: patient)
        return try await permit.write { clinic in
            clinic.lock([Int64(bitPattern: patient.unique.low)])
            let isReached: Bool? = try await clinic.row(
                Patient.isReached(patient, within: permit.reach, in: clinic.tenant))
            guard isReached == true else { throw Problem.notFound }
            let words = MessageConsent.all(of: patient.unique, in: clinic.tenant)
            let known: [MessageConsent] = try await clinic.rows(words)
            try permit.request.http.requireMatch(of: MessageConsent.revision(of: known))
            let changes = MessageConsent.changes(from: known, to: wishes)
            for (choice, wanted) in changes.said {
                clinic.queue(
                    MessageConsent.say(
                        choice, wanted, of: patient.unique, by: speaker, permit.caller.id, at: permit.now,
                        in: clinic.tenant))
            }
            for choice in changes.takenBack {
                clinic.queue(MessageConsent.takeBack(choice, of: patient.unique, in: clinic.tenant))
            }
            AuditTrail.record(
                AuditEvent(
                    SetConsent.permission, of: "message_consent", patient.unique,
                    detail: ConsentChoice.detail(of: changes.said, changes.takenBack)
                ).about(patient.unique), by: permit, in: clinic)
            return PatientConsent(patient: patient, words: try await clinic.rows(words))
        }
    }
}
