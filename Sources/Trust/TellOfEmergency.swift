public import JSON
public import JobQueue
public import Vocabulary

/// Tells a patient, some days later, that their record was opened in an emergency.
///
/// It is left by the transaction that opens the record, and says when: whoever sets the clinic to tell nobody
/// after that silences nothing.
public struct TellOfEmergency: Job {
    /// Never renamed.
    public static let kind = "tell-of-emergency"
    /// With what else people are told.
    public static let lane = Lane.notification

    /// Which emergency.
    public let emergency: ID<EmergencyAccess>

    init(of emergency: ID<EmergencyAccess>) { self.emergency = emergency }

    /// Reads which emergency.
    public init(payload: JSON) throws {
        guard let id = payload["emergency"]?.stringValue.flatMap({ ID<EmergencyAccess>(text: $0) }) else {
            throw HopelessJob("The payload names no emergency.")
        }
        emergency = id
    }

    /// Writes which emergency.
    public func writePayload(to writer: inout JSONWriter) { writer.member("emergency", emergency.text) }
}
