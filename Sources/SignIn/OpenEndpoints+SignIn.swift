public import Reception

extension OpenEndpoints {
    /// How people sign in and out. The reception needs `SignInParts` among its tools.
    public mutating func openSignIn() {
        open(SendCode.self)
        open(VerifyCode.self, sending: \.response)
        open(RefreshTokens.self, sending: \.response)
        open(SignOut.self, sending: SignOut.response)
        open(ListSessions.self)
        open(RevokeSession.self)
        open(RevokeAllSessions.self)
        open(DismissStaffMember.self)
        open(DismissPatient.self)
        open(ListAddresses.self)
        open(SendAddressCode.self)
        open(ConfirmAddress.self)
    }
}
