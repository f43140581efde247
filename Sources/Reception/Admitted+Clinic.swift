public import Access
import Database
public import EndpointKit
import HTTP
public import Identity
import JSON
public import Tenancy
import Vocabulary

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
            arrival.planCalls = tenant.configuration.plan.callsPerMinute
            arrival.isFromStaffNetwork = tenant.namesStaff(at: arrival.http.clientAddress)
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
        let signedIn = try await desk.signedIn(request)
        (arrival.caller, arrival.session) = (signedIn.caller.id, signedIn.caller.session.unique)
        guard request.admits(signedIn.caller) else {
            let event = AuditEvent(act: "network", outcome: .denied, of: "request")
            try await desk.denials.record(event, to: request, by: signedIn.caller)
            let problem = Problem(.networkNotAllowed)
            guard signedIn.caller.kind == .integration else { throw problem }
            throw problem.suspecting(Suspicion(.foreignNetwork, person: signedIn.caller.id))
        }
        arrival.asked = (signedIn, nil)
        return signedIn
    }
}

extension TenantRequest {
    /// Whether the caller may call from where they are: the clinic says it of its staff, a key of itself.
    fileprivate func admits(_ caller: Caller) -> Bool {
        switch caller.kind {
        case .staff: tenant.admitsStaff(from: http.clientAddress)
        case .integration: caller.mayCall(from: http.clientAddress)
        // Somebody of the platform never sits at the clinic: it let them in by name, and for so long.
        case .patient, .support, .system: true
        }
    }
}

extension Desk {
    /// Who calls. A token that is none for here leaves a line; a missing or expired one is nothing unusual.
    fileprivate func signedIn(_ request: TenantRequest) async throws -> CallerRequest {
        do { return try await sessions.caller(for: request) } catch let problem as Problem {
            let isStrange = problem.code == .wrongClinic || problem.code == .signInRequired
            if isStrange, request.http[.authorization] != nil {
                let event = AuditEvent(
                    act: "token", outcome: .denied, of: "request",
                    detail: ["code": .string(problem.code.rawValue)])
                try await denials.record(event, to: request)
            }
            throw problem
        }
    }
}

extension Permit: Admitted {
    /// Access: a role of the caller's must allow it.
    public static func admit(_ arrival: inout Arrival, at desk: Desk) async throws -> Permit {
        let request = try await CallerRequest.admit(&arrival, at: desk)
        arrival.asked = (request, A.permission)
        let permit = try AccessPolicy.permit(A.self, for: request)
        let asking = request.tenant.configuration.signIn.freshProofFor
        if !asking.isEmpty, asking.contains(A.permission.name) { try await Proof.require(of: request) }
        return permit
    }
}

extension Access where Request == TenantRequest {
    /// Open to whoever can reach the clinic.
    public static var anyone: Access { Access(.anyone) }
}
