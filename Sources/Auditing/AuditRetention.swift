import Access
public import Database
import JSON
public import Tenancy
public import Vocabulary

/// Forgets what is older than a clinic must keep, and keeps a receipt of it.
public struct AuditRetention: Sendable {
    private let database: Database
    private let seal: AuditSeal

    /// Forgetting in this database; receipts are signed by the installation.
    public init(in database: Database, sealing seal: AuditSeal) {
        (self.database, self.seal) = (database, seal)
    }

    /// Forgets whole segments that reach back further than so many years; nil when there is none. Under a
    /// legal hold it is a refusal, as it is for less than the six years that the database itself insists on.
    public func forget(
        before cutoff: Instant, of clinic: ClinicRegistry.Entry, by operator: String, at now: Instant
    ) async throws -> AuditReceipt? {
        let old: OldSegments? = try await database.clinic(clinic.id).row(
            OldSegments.before(cutoff, in: clinic.id), pace: .slow)
        guard let old else { return nil }
        let receipt = AuditReceipt(
            clinic: clinic.publicID, firstNumber: old.first, lastNumber: old.last, events: old.events,
            through: old.through, digest: old.digest, madeAt: now, madeBy: `operator`, key: [], signature: []
        ).signed(by: seal)
        do { try await forget(receipt, of: clinic.id, at: now) } catch let error as DatabaseError {
            throw Self.refusal(of: error.constraint) ?? error
        }
        return receipt
    }

    /// The deed and its line are one transaction.
    private func forget(_ receipt: AuditReceipt, of tenant: TenantID, at now: Instant) async throws {
        try await database.acrossAllTenantsUnsafely(because: "An audit trail is forgotten.") { platform in
            try await platform.run(receipt.forgetting(in: tenant))
            try await platform.inside(tenant) { clinic in
                let event = AuditEvent(
                    act: "audit.forget", of: "audit_segment",
                    detail: [
                        "operator": .string(receipt.madeBy), "first": .integer(Int64(receipt.firstNumber)),
                        "last": .integer(Int64(receipt.lastNumber)), "events": .integer(receipt.events),
                    ])
                AuditTrail.record(event, bySystemAt: now, in: clinic)
            }
        }
    }

    private static func refusal(of constraint: String?) -> Refusal? {
        switch constraint {
        case "forgotten_audit_is_not_held": "A legal hold is in force: nothing is forgotten."
        case "forgotten_audit_is_six_years_old": "An audit trail is kept for six years at least."
        case "forgotten_audit_is_whole":
            "Events of these segments are missing: 'nadi audit verify' says which. Nothing was forgotten."
        default: nil
        }
    }
}
