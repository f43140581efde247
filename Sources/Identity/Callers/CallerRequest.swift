public import Database
public import EndpointKit
public import HTTP
public import Tenancy
public import Vocabulary

/// A request of which is known who makes it, and that they belong to the clinic they ask.
public struct CallerRequest: Sendable {
    /// What was known before.
    public let request: TenantRequest
    /// Who asks.
    public let caller: Caller
    /// When the token or the key that proves it ends.
    public let provenUntil: Instant

    init(_ request: TenantRequest, by caller: Caller, until end: Instant) {
        (self.request, self.caller, provenUntil) = (request, caller, end)
    }

    /// The same request as the clinic's rows would have it answered now, for an answer that goes on for long;
    /// nil when its caller has gone or is no longer active, or the clinic is suspended.
    public func readAgain() async throws -> CallerRequest? {
        guard try await Tenant.isOpen(in: clinic),
            let caller = try await caller.again(since: now, in: clinic)
        else { return nil }
        return CallerRequest(request, by: caller, until: provenUntil)
    }

    /// The request as it came.
    public var http: HTTPRequest { request.http }
    /// The clinic it came to.
    public var tenant: Tenant { request.tenant }
    /// The clinic's rows.
    public var clinic: TenantDatabase { request.clinic }
    /// The moment it is judged at.
    public var now: Instant { request.now }
}

extension Access where Request == CallerRequest {
    /// Open to whoever has signed in at this clinic.
    public static var signedIn: Access { Access(.signedIn) }
}
