public import Reception
import SignIn

extension OpenEndpoints {
    /// How people sign in by more than a code. The reception needs `CredentialParts` among its tools.
    public mutating func openCredentials() {
        open(SignInByPassword.self, sending: \.response)
        open(AskForReset.self)
        open(ResetPassword.self)
        open(ChangePassword.self)
        open(ProveSecondFactor.self, sending: \.response)
        open(EnrolSecondFactor.self)
        open(StepUp.self)
        open(BeginTimeCodes.self)
        open(ConfirmTimeCodes.self)
        open(RemoveTimeCodes.self)
        open(BeginPasskey.self)
        open(FinishPasskey.self)
        open(ListPasskeys.self)
        open(RemovePasskey.self)
        open(BeginPasskeySignIn.self)
        open(SignInByPasskey.self, sending: \.response)
    }
}
