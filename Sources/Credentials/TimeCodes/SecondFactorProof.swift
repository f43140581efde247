import Database
import EndpointKit
import Identity
import Shapes
import SignIn
import Tenancy
import Vocabulary

/// A code that somebody gives as their second factor: of their app, or one of those that they wrote down.
struct SecondFactorProof: Sendable {
    let code: String?
    let recoveryCode: String?

    /// Complains unless exactly one of the two was sent.
    init(code: String?, recoveryCode: String?) throws(Problem) {
        guard (code == nil) != (recoveryCode == nil) else {
            throw .invalidInput([
                Complaint(
                    pointer: "/code", code: "one_of", detail: "either this or `recovery_code` must be sent")
            ])
        }
        (self.code, self.recoveryCode) = (code, recoveryCode)
    }

    /// Judges it and uses it up. An app that has only just been set up is confirmed by its first code.
    func isRight(
        for person: ID<StaffMember>, at now: Instant, under keys: CredentialKeys,
        in clinic: borrowing Transaction
    ) async throws -> Bool {
        let tenant = clinic.tenant
        if let recoveryCode {
            guard let typed = RecoveryCode(typed: recoveryCode) else { return false }
            let digest = keys.digest(of: typed, for: person, in: tenant)
            return try await clinic.run(RecoveryCode.use(digest, of: person, in: tenant)) == 1
        }
        let kept: KeptTimeCode? = try await clinic.row(KeptTimeCode.holding(of: person, in: tenant))
        guard let code, let kept, let app = keys.open(kept.sealedSecret, of: person, in: tenant),
            let step = app.step(of: code, at: now, after: kept.lastStep)
        else { return false }
        return try await clinic.run(KeptTimeCode.use(step, of: person, at: now, in: tenant)) == 1
    }
}
