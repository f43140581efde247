/// Who carries announcements instead of PostgreSQL's NOTIFY: what several processes share besides the
/// database.
///
/// What triggers say is NOTIFY's in any case, and so is what the carrier does not take.
public protocol AnnouncementCarrier: Sendable {
    /// Says a text to every process that listens; false when it may not have been said.
    nonisolated(nonsending) func say(_ text: String, on channel: String) async -> Bool
    /// What is said on a channel from now on, with `.reread` after every gap.
    func listen(to channel: String) -> AsyncStream<Notice>
}
