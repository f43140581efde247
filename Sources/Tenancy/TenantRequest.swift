public import Database
public import HTTP
public import Vocabulary

/// A request of which is known which clinic it came to. There is no optional tenant anywhere behind this
/// door.
public struct TenantRequest: Sendable {
    /// The request as it came.
    public let http: HTTPRequest
    /// The clinic it came to.
    public let tenant: Tenant
    /// The database; a handler asks `clinic` instead.
    public let database: Database
    /// The moment at which everything about the request is judged.
    public let now: Instant
    /// By which logs, audit and the caller name it.
    public let requestID: UniqueID

    /// A request to a clinic that the directory found.
    public init(_ http: HTTPRequest, to tenant: Tenant, database: Database, now: Instant, requestID: UniqueID)
    {
        (self.http, self.tenant, self.database) = (http, tenant, database)
        (self.now, self.requestID) = (now, requestID)
    }

    /// The database as this clinic sees it, and no other.
    public var clinic: TenantDatabase { database.clinic(tenant.id) }
}
