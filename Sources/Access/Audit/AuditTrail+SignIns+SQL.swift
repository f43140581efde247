public import Database
import HTTP
public import Identity
import JSON
public import Tenancy
public import Vocabulary

/// What the audit trail keeps of signing in and out: whoever does it is a caller only from then on, or no
/// longer.
public struct SignInEvent: Sendable {
    let act: String
    let outcome: AuditEvent.Outcome
    let session: ID<Session>?
    let detail: JSONObject

    private init(
        _ act: String, _ session: ID<Session>? = nil, outcome: AuditEvent.Outcome = .done,
        detail: JSONObject = [:]
    ) {
        (self.act, self.outcome, self.session, self.detail) = (act, outcome, session, detail)
    }

    /// Whether it is about what somebody proves who they are with, whose rows tell how it changed.
    var isChange: Bool { act == "credentials.change" }

    /// Somebody has signed in.
    public static func signedIn(_ session: Session) -> SignInEvent {
        SignInEvent("sessions.create", session.id, detail: ["method": .string(session.method.rawValue)])
    }

    /// A code was judged and was wrong.
    public static let wrongCode = SignInEvent("sessions.create", outcome: .denied)

    /// What people prove who they are with.
    public enum Credential: String, Sendable {
        case password, timeCodes = "time_codes", recoveryCodes = "recovery_codes", passkey
    }

    /// Somebody has made, changed or taken away what they prove who they are with.
    public static func changed(_ credential: Credential, endedSessions: Int = 0) -> SignInEvent {
        SignInEvent(
            "credentials.change",
            detail: [
                "credential": .string(credential.rawValue), "sessions_ended": .integer(Int64(endedSessions)),
            ])
    }

    /// A sign-in was proven anew.
    public static func provenAgain(_ session: ID<Session>) -> SignInEvent {
        SignInEvent("sessions.prove", session)
    }

    /// A sign-in was ended by its person.
    public static func ended(_ session: ID<Session>) -> SignInEvent { SignInEvent("sessions.end", session) }

    /// A used refresh token came back: the sign-in ended by itself.
    public static func endedForReuse(_ session: ID<Session>) -> SignInEvent {
        SignInEvent("sessions.end", session, outcome: .denied, detail: ["because": "reused"])
    }

    /// So many sign-ins were ended by their person.
    public static func endedAll(_ count: Int) -> SignInEvent {
        SignInEvent("sessions.end_all", detail: ["sessions_ended": .integer(Int64(count))])
    }
}

extension AuditTrail {
    /// Adds a line about a sign-in to the transaction that begins or ends it. Nobody in particular guesses a
    /// code.
    public static func record(
        _ event: SignInEvent, by person: Person?, _ request: TenantRequest,
        in transaction: borrowing Transaction
    ) {
        let taken: SQL = event.isChange ? "::jsonb || taken_changes(\(transaction.tenant))" : ""
        let kind = person?.kind.rawValue ?? "nobody", address = request.http.clientAddress.description
        let detail = AuditEvent.detail(event.detail, by: person, at: request.tenant.publicID)
        transaction.queue(
            """
            INSERT INTO audit_event (tenant_id, id, at, caller_kind, caller_id, act, outcome, subject_kind,
                subject_id, address, request_id, detail)
            VALUES (\(transaction.tenant), \(UniqueID.random(at: request.now)), \(request.now), \(kind),
                \(person?.id), \(event.act), \(event.outcome.rawValue), 'session', \(event.session?.unique),
                \(address), \(request.requestID.uuidText), \(detail.columnText)\(taken))
            """)
    }
}
