import Access
import Crypto
import Database
import EndpointKit
import Identity
import Shapes
import SignIn
import Tenancy
import Vocabulary

/// A password that may be the person's new one, hashed.
struct NewPassword: Sendable {
    private let owner: ID<StaffMember>
    private let hash: PasswordHash

    /// Throws what is wrong with it.
    init(_ password: String, for owner: PasswordOwner, at tenant: Tenant, by hashing: PasswordHashing)
        async throws
    {
        let words = owner.words(at: [tenant.name, tenant.slug.text])
        if let flaw = PasswordRules.flaw(of: password, knowing: words) {
            throw Self.complaint("weak_password", "must \(flaw)")
        }
        if let kept = owner.kept, try await hashing.isAny(password, of: kept.all) {
            throw Self.complaint("used_before", "must be another than the last \(KeptPassword.historyMax)")
        }
        (self.owner, hash) = (owner.id, try await hashing.hash(password))
    }

    /// Sets it and ends the person's sign-ins, all but one if one is named.
    func set(but kept: ID<Session>?, _ request: TenantRequest, in clinic: borrowing Transaction) async throws
    {
        let person = Person(owner)
        clinic.queue(KeptPassword.set(hash, of: owner, at: request.now, in: clinic.tenant))
        let ended = try await clinic.run(
            Session.endAll(
                of: person, but: kept, because: .passwordChanged, at: request.now, in: clinic.tenant))
        AuditTrail.record(.changed(.password, endedSessions: ended), by: person, request, in: clinic)
    }

    private static func complaint(_ code: String, _ detail: String) -> Problem {
        .invalidInput([Complaint(pointer: "/password", code: code, detail: detail)])
    }
}
