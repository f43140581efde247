import Database
public import JobQueue

extension Sweep {
    /// Forgets, once a day, invitations that were over a year ago.
    public static let oldInvitations = Sweep("forget-invitations") { clinic in
        clinic.queue(Invitation.forgetOld(in: clinic.tenant))
    }
}
