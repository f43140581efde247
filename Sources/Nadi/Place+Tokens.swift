import Database
import Identity
import Tenancy
import Vocabulary

extension Place {
    /// A token that was never signed in for.
    func token(for id: ID<StaffMember>, at tenant: Tenant, in database: Database) async throws -> String {
        let keys = SigningKeys(in: database, under: try configuration.openSecret())
        let isProduction = configuration.mode == .production
        guard let mint = TokenMint(issuer: configuration.url(of: nil), keys: keys, isProduction: isProduction)
        else {
            throw Refusal(
                "In production nobody is anybody without signing in: NADI_ENV=production refuses this.")
        }
        return try await mint.token(for: id, at: database.clinic(tenant.id), tenant.publicID, now: now)
    }
}
