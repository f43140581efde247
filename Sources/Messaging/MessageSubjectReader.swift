public import Database

/// Knows what a kind of subject is now: handed in by the room that owns it.
public protocol MessageSubjectReader: Sendable {
    /// The word in messages' rows.
    static var kind: String { get }

    /// Whom the words concern and what they are about, if they are still true of the subject: the version is
    /// the current one and its state is the one that the template speaks of. Nil otherwise.
    ///
    /// The reader holds the subject (`FOR SHARE`) until the transaction ends, so that nobody changes it
    /// between this look and the moment at which the message is marked as being sent.
    func content(
        for template: String, about subject: MessageSubject, in transaction: borrowing Transaction
    ) async throws -> MessageContent?
}
