public import Database
import Identity
import Outbox
public import Vocabulary

/// What becomes of a grant, each in the transaction that it is called in.
extension SupportGrant {
    /// Lets them in, and tells of it the first time. Until when they may stay; nil where it is over.
    public static func enter(
        _ id: ID<SupportGrant>, at now: Instant, in clinic: borrowing Transaction
    ) async throws -> Instant? {
        let found: SupportGrant? = try await clinic.row(entering(id, at: now, in: clinic.tenant))
        guard var grant = found else { return nil }
        if grant.enteredAt == nil {
            grant.enteredAt = now
            grant.saveEntering(in: clinic)
            Outbox.record(SupportEntered(grant: grant), in: clinic)
        }
        return grant.endsAt
    }

    /// Opens it, and sees to its end.
    func open(in clinic: borrowing Transaction) {
        insert(in: clinic)
        EndSupportInTime(grant: id).enqueue(at: endsAt, in: clinic)
        Outbox.record(SupportOpened(grant: self), in: clinic)
    }

    /// Ends it, with every sign-in that it has allowed.
    func end(at moment: Instant, by ender: ID<StaffMember>?, in clinic: borrowing Transaction) -> SupportGrant
    {
        var ended = self
        (ended.endedAt, ended.endedBy) = (moment, ender)
        ended.save(in: clinic)
        clinic.queue(
            Session.endAll(
                of: Person(.support, id.unique), but: nil, because: .dismissed, at: moment, in: clinic.tenant)
        )
        Outbox.record(SupportEnded(grant: ended), in: clinic)
        return ended
    }
}
