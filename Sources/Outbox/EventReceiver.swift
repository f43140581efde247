public import Database

/// Who makes something of a clinic's events: jobs, mostly.
public protocol EventReceiver: Sendable {
    /// Takes events in the order in which they happened, in the transaction in which the relay's place moves
    /// past them: each is received once. The transaction may be run again, so nothing else may be done here.
    func receive(_ events: [RecordedEvent], in transaction: borrowing Transaction) async throws
}
