import Access
import Database
import EndpointKit
import Identity
import JSON
import Records
import Tenancy
import Vocabulary

extension Following {
    /// What the caller may follow, and a line in the audit trail that they began to.
    static func begin(_ topics: [Topic], _ permit: Permit<FollowAppointments>) async throws -> Following {
        let seen = AuditEvent(
            FollowAppointments.permission, of: "appointment",
            detail: ["followed": .array(topics.map { .string($0.wire) })])
        let own: [ID<Practitioner>] = try await permit.rows(
            statement(permit.caller, in: permit.clinic), recording: seen)
        return try Following(topics, permit, own: own.first)
    }

    /// What the same caller may follow now; nil when that is not all of it any more.
    static func again(_ topics: [Topic], _ request: CallerRequest) async throws -> Following? {
        guard let request = try await request.readAgain(),
            let permit = try? AccessPolicy.permit(FollowAppointments.self, for: request)
        else { return nil }
        let own: [ID<Practitioner>] = try await request.clinic.rows(
            statement(request.caller, in: request.clinic))
        return try? Following(topics, permit, own: own.first)
    }

    /// As whom the caller can be booked.
    private static func statement(_ caller: Caller, in clinic: TenantDatabase) -> SQL {
        """
        SELECT id FROM practitioner
        WHERE tenant_id = \(clinic.tenant) AND staff_member_id = \(caller.staffMember?.unique)
        """
    }
}
