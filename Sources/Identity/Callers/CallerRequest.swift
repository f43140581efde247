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

    init(_ request: TenantRequest, by caller: Caller) {
        (self.request, self.caller) = (request, caller)
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
