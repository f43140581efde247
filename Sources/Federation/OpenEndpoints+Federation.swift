public import Reception

extension OpenEndpoints {
    /// How people sign in across houses. The reception needs `FederationParts` among its tools.
    public mutating func openFederation() {
        open(ReadDiscovery.self)
        open(Authorize.self, sending: \.response)
        open(ShowSignIn.self, sending: \.response)
        open(TakeGateStep.self, sending: \.response)
        open(AnswerConsent.self, sending: \.response)
        open(AskSignOut.self, sending: \.response)
        open(AskSignOutByForm.self, sending: \.response)
        open(AnswerSignOut.self, sending: \.response)
        open(GiveTokens.self)
        open(TellProgram.self)
        open(TellProgramByPost.self)
        open(RevokeToken.self)
        open(ListConsents.self)
        open(WithdrawConsent.self)
        open(AddTrustedProgram.self)
        open(ListTrustedPrograms.self)
        open(ReadTrustedProgram.self)
        open(ChangeTrustedProgram.self)
        open(RotateProgramSecret.self)
        open(RemoveTrustedProgram.self)
        open(ListOpenIssuers.self)
        open(StartIssuerSignIn.self, sending: \.response)
        open(FinishIssuerSignIn.self, sending: \.response)
        open(AddTrustedIssuer.self)
        open(ListTrustedIssuers.self)
        open(ReadTrustedIssuer.self)
        open(ChangeTrustedIssuer.self)
        open(RemoveTrustedIssuer.self)
    }
}
