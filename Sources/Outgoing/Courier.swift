public import EventLoop

/// Carries requests to servers that are not ours, from whichever of the loops the asking task runs on.
public final class Courier: Sendable {
    /// Where it may go.
    public let addresses: AddressGuard
    private let couriers: [LoopCourier]

    /// One guard for all that this courier carries. Without a file of authorities the system's are trusted.
    public init(_ addresses: AddressGuard, loops: [EventLoop], authorities: String? = nil) {
        precondition(!loops.isEmpty, "a courier needs a loop")
        self.addresses = addresses
        couriers = loops.map { LoopCourier(addresses, on: $0, authorities: authorities) }
    }

    /// Asks and waits for the whole answer. Throws `OutgoingFault`, or `CancellationError` when the task is
    /// cancelled, which cuts the connection.
    public func answer(to request: OutgoingRequest) async throws -> OutgoingAnswer {
        try await here.carry(HTTPTransfer(request)).answer
    }

    /// Hands a mail to a server of the operator's or the clinic's. What the server said is an answer, a
    /// refusal too; only what kept it from saying anything is thrown.
    public func deliver(
        _ mail: Mail, through server: MailServer, limits: OutgoingLimits = OutgoingLimits()
    ) async throws -> MailAnswer {
        try await here.carry(MailTransfer(mail, through: server, limits)).mailAnswer
    }

    /// Keeps one of the connections to this server for whatever `body` asks of it, so that it leaves at once
    /// and never waits within libcurl. Nil when none became free for a while.
    public func keepingConnection<Value>(
        to server: String, _ body: () async throws -> Value
    ) async throws -> Value? {
        let courier = here
        guard try await courier.enter(server) else { return nil }
        defer { courier.leave(server) }
        return try await body()
    }

    /// Cuts what is under way and closes every connection. Nothing can be asked afterwards.
    public func close() {
        for courier in couriers { courier.loop.execute { courier.close() } }
    }

    private var here: LoopCourier {
        guard let loop = EventLoop.current, let courier = couriers.first(where: { $0.loop === loop }) else {
            preconditionFailure("a courier was called outside of its loops")
        }
        return courier
    }
}
