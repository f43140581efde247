/// One whole request. Copying it copies one reference.
public struct HTTPRequest: Sendable {
    private final class Content: Sendable {
        let head: RequestHead
        let body: [UInt8]
        let peer: Peer

        init(_ head: RequestHead, _ body: [UInt8], _ peer: Peer) {
            (self.head, self.body, self.peer) = (head, body, peer)
        }
    }

    private let content: Content

    init(head: RequestHead, body: [UInt8], peer: Peer) { content = Content(head, body, peer) }

    /// A request that came by another way than a server's socket, such as a test's.
    public init(
        head: RequestHead, body: [UInt8], peerAddress: IPAddress = .loopback,
        trustedProxies: [AddressBlock] = []
    ) {
        self.init(head: head, body: body, peer: Peer(peerAddress, trusted: trustedProxies))
    }

    /// The request line and fields.
    public var head: RequestHead { content.head }
    /// The whole body, unchunked; empty when there is none.
    public var body: [UInt8] { content.body }
    /// What is asked for. HEAD arrives as HEAD; the engine keeps back the body of its answer.
    public var method: HTTPMethod { content.head.method }
    /// Whether only the head of the answer is wanted.
    public var isHead: Bool { content.head.method == .head }
    /// The path as sent, percent-encoded.
    public var path: String { content.head.path }
    /// What follows the question mark, as sent.
    public var query: String { content.head.query }
    /// The value of a field; several of one name are joined by a comma.
    public subscript(_ name: FieldName) -> String? { content.head[name] }

    /// The raw value of the only field of that name; nil when there is none, or more than one.
    public func withField<Result>(
        _ name: FieldName, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result? { content.head.withField(name, body) }

    /// The query's pairs, decoded strictly.
    public func queryFields() throws(FormFault) -> [FormField] {
        try FormField.parse(content.head.bytes[content.head.queryRange])
    }

    /// The address at the other end of the connection: perhaps a proxy's.
    public var peerAddress: IPAddress { content.peer.address }

    /// The client's own address: the peer's, or what a trusted proxy says about it.
    public var clientAddress: IPAddress { content.peer.clientAddress(in: content.head) }

    /// Whether the client reached us over TLS, which only a trusted proxy can say.
    public var isSecure: Bool { content.peer.isSecure(in: content.head) }
}
