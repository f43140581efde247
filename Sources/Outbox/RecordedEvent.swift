public import Database
public import Vocabulary

/// An event as it is read back: what happened, to what, and where in the order it stands.
public struct RecordedEvent: Sendable {
    /// Whose it is.
    public let tenant: TenantID
    /// Where reading goes on after it.
    public let position: OutboxPosition
    /// `appointment.booked`
    public let kind: String
    /// What it is about.
    public let subject: UniqueID
    /// Which version of the subject it made.
    public let version: Int32
    /// The moment its transaction began.
    public let at: Instant
    /// The members that the event wrote: ids and times.
    public let payload: JSONText
}
