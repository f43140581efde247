public import Database

/// Where events wait until they are told, in the order in which they happened to their clinic.
public enum Outbox {
    /// Writes the event down in the transaction that makes it true. It travels with the transaction's next
    /// write; should it fail, so does the commit.
    public static func record(_ event: some Event, in transaction: borrowing Transaction) {
        transaction.queue(
            """
            INSERT INTO outbox (tenant_id, kind, subject_id, subject_version, payload)
            VALUES (\(transaction.tenant), \(type(of: event).kind), \(event.subject), \(event.version), \
            \(JSONText(event.payload)))
            """)
    }
}
