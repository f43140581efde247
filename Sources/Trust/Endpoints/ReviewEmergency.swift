public import Access
import Database
public import EndpointKit
import Identity
import JSON
import Outbox
import Reception
import Shapes
import Tenancy
import Vocabulary

/// Says whether a record had to be opened.
public struct ReviewEmergency: Endpoint {
    /// `POST /v1/emergency-access/{emergency}/review`
    public static let route = Route.post("/v1/emergency-access/{emergency}/review")
    /// What it does.
    public static let summary = "Say whether a record had to be opened in an emergency."
    /// What a caller must know.
    public static let details = "Nobody reviews what they opened themselves, and nobody reviews twice."
    /// Whoever may read the trail of the whole clinic.
    public static let access = Access<Permit<ReviewEmergencies>>.permitted()
    /// A person's clicks.
    public static let limit = Limit.perCaller(60, per: .seconds(60))
    /// Who said what is kept.
    public static let audit = Audit.writes("patient")
    /// It may have been reviewed already.
    public static let problems: [ProblemCode] = [.notFound, .conflict, .notAllowed]

    @In(.path, "The emergency.") var emergency: ID<EmergencyAccess>
    @In(.body, "Whether it had to be.") var verdict: EmergencyAccess.Verdict
    @In(.body, "Why it is thought so.", .length(3...1000)) var words: String

    /// Inputs still empty.
    public init() {}

    /// The verdict, the line about it and the news for whoever opened it are one transaction.
    public func respond(to permit: Permit<ReviewEmergencies>) async throws -> EmergencyAccess {
        guard let reviewer = permit.caller.staffMember else { throw Problem.notAllowed }
        let review = EmergencyAccess.Review(verdict: verdict, words: words, by: reviewer, at: permit.now)
        return try await permit.write { clinic in
            let found: EmergencyAccess? = try await clinic.row(
                EmergencyAccess.withID(emergency, forChange: true, in: clinic.tenant))
            guard var reviewed = found else { throw Problem.notFound }
            guard reviewed.staff != reviewer else {
                throw Problem(.notAllowed, "Nobody reviews what they opened themselves.")
            }
            guard reviewed.review == nil else { throw Problem.conflict("It has been reviewed already.") }
            reviewed.review = review
            EmergencyAccess.decide(emergency, review, in: clinic)
            AuditTrail.record(
                AuditEvent(
                    act: "emergency.review", of: "patient", reviewed.patient.unique,
                    detail: [
                        "emergency": .string(emergency.unique.uuidText),
                        "verdict": .string(verdict.rawValue),
                    ]), by: permit, in: clinic)
            Outbox.record(EmergencyReviewed(emergency: reviewed), in: clinic)
            return reviewed
        }
    }
}
