public import Reception

extension OpenEndpoints {
    /// How people come to work at a clinic. The reception needs `InvitationParts` among its tools.
    public mutating func openInvitations() {
        open(InviteColleague.self)
        open(ListInvitations.self)
        open(ReadInvitation.self)
        open(ResendInvitation.self)
        open(RevokeInvitation.self)
        open(AcceptInvitation.self)
        open(ShowInvitation.self, sending: \.response)
        open(JoinClinic.self, sending: \.response)
    }
}
