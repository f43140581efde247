public import Access
import Database
public import EndpointKit
import HTTP
public import Identity
public import Tenancy

/// Whose host a request came to.
enum HostOwner: Sendable {
    case platform
    case clinic(Tenant)
}

extension Desk {
    /// A host that belongs to nobody is answered like a suspended clinic's.
    func owner(of arrival: inout Arrival) async throws -> HostOwner {
        switch try await tenants.find(arrival.http[.host] ?? "") {
        case .platform: return .platform
        case .clinic(let tenant):
            arrival.tenant = (tenant.id, tenant.slug)
            return .clinic(tenant)
        case .nobody: throw Problem(.unknownClinic)
        }
    }
}

extension TenantRequest: Admitted {
    /// Tenant: the host must be a clinic's.
    public static func admit(_ arrival: inout Arrival, at desk: Desk) async throws -> TenantRequest {
        guard case .clinic(let tenant) = try await desk.owner(of: &arrival) else {
            throw Problem(.unknownClinic)
        }
        return TenantRequest(
            arrival.http, to: tenant, database: desk.database, now: arrival.now, requestID: arrival.requestID)
    }
}

extension CallerRequest: Admitted {
    /// Caller: the token must be one of this clinic's.
    public static func admit(_ arrival: inout Arrival, at desk: Desk) async throws -> CallerRequest {
        let request = try await TenantRequest.admit(&arrival, at: desk)
        let signedIn = try await desk.sessions.caller(for: request)
        arrival.caller = signedIn.caller.id
        return signedIn
    }
}

extension Permit: Admitted {
    /// Access: a role of the caller's must allow it. Whoever is denied leaves a line in the audit trail.
    public static func admit(_ arrival: inout Arrival, at desk: Desk) async throws -> Permit {
        let request = try await CallerRequest.admit(&arrival, at: desk)
        do { return try AccessPolicy.permit(A.self, for: request) } catch {
            try await AuditTrail.recordDenial(of: A.permission, to: request)
            throw error
        }
    }
}

extension Access where Request == TenantRequest {
    /// Open to whoever can reach the clinic.
    public static var anyone: Access { Access(.anyone) }
}
