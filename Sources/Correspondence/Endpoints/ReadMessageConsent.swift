public import Access
import Database
public import EndpointKit
import Messaging
import Reception
import Records
import Shapes
import Tenancy
import Vocabulary

/// Reads what a patient said about messages.
public struct ReadMessageConsent: Endpoint {
    /// `GET /v1/patients/{patient}/message-consent`
    public static let route = Route.get("/v1/patients/{patient}/message-consent")
    /// What it does.
    public static let summary = "Read what a patient said about messages."
    /// What a caller must know.
    public static let details = """
        What is not listed was never said: then confirmations and reminders are sent, and advertising is not. Codes are always \
        sent: they are an answer to whoever asks for one.
        """
    /// Whoever may read who a patient is.
    public static let access = Access<Permit<SeeConsent>>.permitted()
    /// Generous.
    public static let limit = Limit.perCaller(600, per: .seconds(60))
    /// Who looked at whom is kept.
    public static let audit = Audit.reads("message_consent")

    @In(.path, "The patient.") var patient: ID<Patient>

    /// Inputs still empty.
    public init() {}

    /// A patient of another clinic, or whom the caller does not reach, is not there.
    public func respond(to permit: Permit<SeeConsent>) async throws -> PatientConsent {
        let found: ID<Patient> = try await permit.found(
            Patient.reached(patient, within: permit.reach, in: permit.tenant.id),
            recording: AuditEvent(SeeConsent.permission, of: "message_consent", patient.unique)
                .about(patient.unique))
        let words: [MessageConsent] = try await permit.clinic.rows(
            MessageConsent.all(of: found.unique, in: permit.tenant.id))
        return PatientConsent(patient: found, words: words)
    }
}
