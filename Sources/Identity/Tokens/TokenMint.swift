import Crypto
public import Database
public import Tenancy
public import Vocabulary

/// Makes tokens, and the sign-ins they belong to, without anybody proving anything: for the command line of a
/// development installation, for tests and measurements.
public struct TokenMint: Sendable {
    private let issuer: String
    private let keys: SigningKeys

    /// nil in production, where nobody is anybody without signing in.
    public init?(issuer: String, keys: SigningKeys, isProduction: Bool) {
        guard !isProduction else { return nil }
        (self.issuer, self.keys) = (issuer, keys)
    }

    /// A token for an active staff member of the clinic; a refusal in words for anyone else.
    public func token(
        for staffMember: ID<StaffMember>, at clinic: TenantDatabase, _ tenant: ID<Tenant>, now: Instant,
        lifetime: Duration = .seconds(12 * 3600)
    ) async throws -> String {
        let key = try await keys.currentOrFirst()
        let session = Session(
            id: .random(at: now), of: Person(staffMember), by: .command, device: "nadi token", address: nil,
            at: now, lifetime: lifetime)
        guard try await clinic.once(session.insertIfStaff(in: clinic.tenant)) == 1 else {
            throw Refusal("No active staff member of this clinic has the id \(staffMember).")
        }
        let content = AccessToken(
            id: .random(at: now), tenant: tenant, person: session.person, session: session.id, issuedAt: now,
            lifetime: lifetime)
        return content.text(issuer: issuer, signedBy: key)
    }
}
