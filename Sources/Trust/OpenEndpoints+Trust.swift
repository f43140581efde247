public import Reception

extension OpenEndpoints {
    /// To whom records are opened beyond what roles allow.
    public mutating func openTrust() {
        open(OpenEmergency.self)
        open(EndEmergency.self)
        open(ListEmergencies.self)
        open(ReadEmergency.self)
        open(ReviewEmergency.self)
        open(OpenSupport.self)
        open(EndSupport.self)
        open(ListSupportGrants.self)
        open(ReadSupportGrant.self)
        open(ReadGuardians.self)
        open(AddGuardian.self)
        open(EndGuardianship.self)
        open(ContestGuardians.self)
        open(SettleGuardians.self)
    }
}
