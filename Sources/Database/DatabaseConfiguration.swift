/// Where the database is and how much of it the process may use.
public struct DatabaseConfiguration: Sendable {
    /// The runtime role's login, as psql takes it.
    public var url: String
    /// Kept out of the URL, so that the URL can be logged.
    public var password: String?
    /// The login for work across tenants; nil leaves a process without it.
    public var platformURL: String?
    /// The platform login's password.
    public var platformPassword: String?
    /// The login that takes the jobs of every clinic; nil leaves a process without it.
    public var workerURL: String?
    /// The worker login's password.
    public var workerPassword: String?
    /// Carries announcements between processes that all have it; nil leaves them to NOTIFY.
    public var carrier: (any AnnouncementCarrier)?
    /// Connections of each loop that one-shot reads share.
    public var sharedConnections = 2
    /// Connections of each loop for writes and interactive transactions.
    public var ownedConnections = 6
    /// Connections of each loop for reads that declare themselves slow.
    public var slowConnections = 2
    /// How many reads may wait for a shared connection of one loop.
    public var waitingReads = 2048
    /// How many callers may wait for a connection of their own on one loop.
    public var waitingWrites = 512
    /// How many reads leave in one network write.
    public var readsPerBatch = 16
    /// How many such batches a shared connection has in flight.
    public var batchesInFlight = 2
    /// How long opening a connection may take: callers wait for it, so no longer than they should.
    public var openingPatience: Duration = .seconds(1)
    /// How long it may take where nobody waits behind the connection, and it is not come back to.
    public static let patienceOfCommands: Duration = .seconds(10)
    /// When an answer is given up.
    public var deadline: Duration = .seconds(5)
    /// When an answer of a slow read, or of work across tenants, is given up.
    public var slowDeadline: Duration = .seconds(30)

    /// A configuration with the usual bounds.
    public init(url: String, password: String? = nil) { (self.url, self.password) = (url, password) }
}
