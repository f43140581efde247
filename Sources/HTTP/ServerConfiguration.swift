/// How much and how long: everything a client can use up has a bound here.
public struct ServerConfiguration: Sendable {
    /// An IPv4 or IPv6 address; `::` takes both.
    public var host: IPAddress
    /// The port; 0 lets the kernel choose one.
    public var port: UInt16
    /// Proxies whose word about the client is taken. They are exempt from the limit per address.
    public var trustedProxies: [AddressBlock] = []

    /// Bytes of the request line and fields together. At most 65,535, because offsets into a head are two
    /// bytes.
    public var headBytesMax = 16 << 10
    /// Bytes of the request target.
    public var targetBytesMax = 8 << 10
    /// Header fields of a request.
    public var fieldsMax = 100
    /// Clients at once, over all loops.
    public var connectionsMax = 20_000
    /// Clients at once from one address; IPv6 addresses count by their /64.
    public var connectionsPerAddressMax = 1_000

    /// From a request's first byte to the end of its head.
    public var headLimit = Duration.seconds(10)
    /// What every body is granted, besides the time for its bytes at the rate below.
    public var bodyLimit = Duration.seconds(10)
    /// What every answer is granted, besides the time for its bytes at the rate below.
    public var writeLimit = Duration.seconds(30)
    /// Between two requests of a connection.
    public var idleLimit = Duration.seconds(60)
    /// The slowest peer that is waited for, in both directions.
    public var bytesPerSecondMin = 4 << 10
    /// How long a draining server still takes requests from connections that are open.
    public var drainGrace = Duration.seconds(1)
    /// How long a draining server waits for its answers.
    public var drainLimit = Duration.seconds(25)

    /// The shortest body that is worth compressing.
    public var compressionBytesMin = 1 << 10

    /// The usual bounds.
    public init(host: IPAddress, port: UInt16) {
        self.host = host
        self.port = port
    }
}
