public import Database
public import Messaging
import Vocabulary

/// What is known of an emergency at the moment somebody is told of it.
public struct EmergencyReader: MessageSubjectReader {
    /// Never renamed.
    public static let kind = "emergency_notice"
    /// What happened changes no more.
    static let version: Int32 = 1

    /// Knows nothing by itself.
    public init() {}

    /// Nil when the patient has gone meanwhile, or whoever is told answers for them no longer.
    public func content(
        for template: String, about subject: MessageSubject, in transaction: borrowing Transaction
    ) async throws -> MessageContent? {
        let found: EmergencyFacts? = try await transaction.row(
            EmergencyFacts.of(subject.id, in: transaction.tenant))
        return found?.content
    }
}

/// An emergency as whoever is told of it reads it: by whom, as what they are, and when.
struct EmergencyFacts {
    let role: String
    let at: Instant
    let zone: String
    let recipient: UniqueID
    let phone: String?
    let email: String?
    let language: String
    let clinic: SpeakingClinic

    var content: MessageContent {
        var content = MessageContent(languages: clinic.languages(after: language), zone: zone)
        (content.recipient, content.phone, content.email) = (recipient, phone, email)
        content.facts = ["clinic": .text(clinic.name), "role": .role(role), "time": .time(at)]
        return content
    }
}
