public import Database
import EndpointKit
public import Identity
public import SignIn
public import Tenancy
public import Vocabulary

/// The first password of somebody who has just begun to work here.
public struct FirstPassword: Sendable {
    private let choice: NewPassword

    /// Throws what is wrong with it, judged by what is known of the person. It is hashed off the loops, so
    /// make it before a transaction begins.
    public init(
        _ password: String, of person: ID<StaffMember>, named name: String, at identifier: Identifier,
        _ tenant: Tenant, _ parts: CredentialParts
    ) async throws {
        let owner = PasswordOwner(
            id: person, name: name, email: identifier.kind == .email ? identifier.text : nil,
            phone: identifier.kind == .phone ? identifier.text : nil, kept: nil)
        choice = try await NewPassword(password, for: owner, at: tenant, by: parts.passwords)
    }

    /// Keeps it with the person's row.
    public func set(_ request: TenantRequest, in clinic: borrowing Transaction) async throws {
        try await choice.set(but: nil, request, in: clinic)
    }
}
