public import Database
public import Messaging
import Scheduling

/// What an appointment is now, for the words about it.
public struct AppointmentReader: MessageSubjectReader {
    /// Never renamed.
    public static let kind = "appointment"

    /// Knows nothing by itself.
    public init() {}

    /// Nil when the appointment has another version by now, or stands where the words would be wrong.
    public func content(
        for template: String, about subject: MessageSubject, in transaction: borrowing Transaction
    ) async throws -> MessageContent? {
        let found: AppointmentFacts? = try await transaction.row(
            AppointmentFacts.of(subject.id, in: transaction.tenant))
        guard let found, found.version == subject.version else { return nil }
        let isStillTrue =
            template == "appointment.cancelled" ? found.stage == .cancelled : found.stage == .booked
        return isStillTrue ? found.content : nil
    }
}
