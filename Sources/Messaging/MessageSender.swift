import Database
public import JobQueue
import Outgoing
public import Telemetry
public import Tenancy
public import Vocabulary

/// Sends messages, one for each job: looks again, marks, asks the gateway, settles.
public struct MessageSender: Sendable {
    let gateways: MessageGateways
    let queue: MessageQueue
    let readers: [String: any MessageSubjectReader]
    let zones: ZoneFiles
    let clock: WallClock
    let log: Log
    let links: MessageLinks?

    /// How long a gateway that takes a while is given before it is asked what it has sent.
    static let patience = Duration.seconds(30)
    private static let restMax = Duration.seconds(600)

    /// A sender that knows these kinds of subject. Without links, mails have no way to end them.
    public init(
        by gateways: MessageGateways, from queue: MessageQueue, about readers: [any MessageSubjectReader],
        zones: ZoneFiles, clock: WallClock, log: Log, links: MessageLinks? = nil
    ) {
        (self.gateways, self.queue, self.zones) = (gateways, queue, zones)
        (self.clock, self.log, self.links) = (clock, log, links)
        self.readers = Dictionary(uniqueKeysWithValues: readers.map { (type(of: $0).kind, $0) })
    }

    /// Takes the two kinds of job upon itself.
    public func register(in handlers: inout JobHandlers) {
        handlers.on(SendMessage.self) { job, context in try await send(job.message, in: context) }
        handlers.on(SendReminder.self) { job, context in try await send(job.message, in: context) }
    }

    private func send(_ id: ID<Message>, in context: JobContext) async throws -> JobOutcome {
        try await send(id, in: context.clinic) { settlement in
            try await context.finish { settlement.apply(in: $0) }
        }
    }

    /// One try. `settle` carries out what is final, together with the end of the job.
    func send(
        _ id: ID<Message>, in clinic: TenantDatabase,
        settle: nonisolated(nonsending) (MessageSettlement) async throws -> JobOutcome
    ) async throws -> JobOutcome {
        let found: Message? = try await clinic.row(Message.withID(id, in: clinic.tenant))
        guard let message = found, message.state == .waiting || message.state == .sending else {
            return .drop(because: "there is nothing left to send")
        }
        guard let route = try await gateways.route(for: message.channel, of: clinic) else {
            return try await settle(settlement(of: message, .dropped, SendDecision.Reason.noGateway.rawValue))
        }
        if message.state == .sending, let outcome = try await resolve(message, route, clinic, settle) {
            return outcome
        }
        guard let server = route.server else { return try await hand(message, route, clinic, settle) }
        // Marked only when the gateway can be asked at once: what waits may become untrue meanwhile.
        let outcome = try await route.courier.keepingConnection(to: server) {
            try await hand(message, route, clinic, settle)
        }
        return outcome ?? .later(.seconds(1), because: "the gateway is busy")
    }

    /// Looks again, marks, and asks the gateway.
    private func hand(
        _ message: Message, _ route: MessageGateways.Route, _ clinic: TenantDatabase,
        _ settle: nonisolated(nonsending) (MessageSettlement) async throws -> JobOutcome
    ) async throws -> JobOutcome {
        switch try await take(message, route, clinic) {
        case .drop(let reason):
            report(reason, of: message)
            return try await settle(settlement(of: message, .dropped, reason.rawValue))
        case .later(let moment, let reason):
            return .later(moment - clock.now(), because: reason.rawValue)
        case .send(let outgoing):
            let answer = try await route.driver.send(outgoing, with: route.courier)
            return try await finish(message, answer, route, clinic, settle)
        }
    }

    /// What somebody has to do something about.
    private func report(_ reason: SendDecision.Reason, of message: Message) {
        switch reason {
        case .overBudget: log.error("a clinic has used up its messages of the day")
        case .noWords, .tooLong:
            log.error(
                "a message could not be said",
                ["template": .token(message.template), "reason": .token(reason.rawValue)])
        default: break
        }
    }

    /// What the gateway's answer means for the message.
    private func finish(
        _ message: Message, _ answer: DriverAnswer, _ route: MessageGateways.Route, _ clinic: TenantDatabase,
        _ settle: nonisolated(nonsending) (MessageSettlement) async throws -> JobOutcome
    ) async throws -> JobOutcome {
        switch answer {
        case .sent(let name): return try await settle(settlement(of: message, .sent, nil, name))
        case .refused(let reason): return try await settle(settlement(of: message, .failed, reason))
        case .later(let delay):
            try await clinic.once(Message.putBack(message.id, of: clinic.tenant))
            return .later(delay ?? rest(message.tries), because: "the gateway takes nothing now")
        case .uncertain:
            switch type(of: route.driver).doubt {
            case .askAgain: return .later(rest(message.tries), because: "the gateway did not answer")
            case .lookUp: return .later(Self.patience, because: "the gateway did not answer")
            case .leave: return try await settle(settlement(of: message, .uncertain, "no-answer"))
            }
        }
    }

    /// Doubled each time, up to ten minutes; the expiry ends it.
    private func rest(_ tries: Int) -> Duration {
        min(.seconds(2) * (1 << min(tries, 10)), Self.restMax)
    }

    func settlement(
        of message: Message, _ state: Message.State, _ reason: String?, _ gatewayID: String? = nil
    ) -> MessageSettlement {
        MessageSettlement(
            message: message, state: state, reason: reason, gatewayID: gatewayID, at: clock.now())
    }
}

/// How a message ended, and what follows from that: written in one transaction with the end of its job.
struct MessageSettlement: Sendable {
    let message: Message
    let state: Message.State
    let reason: String?
    let gatewayID: String?
    let at: Instant
    /// In which states the message may be found; in any other it is left alone.
    var from: [Message.State] = [.waiting, .sending]

    /// Another channel is tried after this one failed, and never before: the first of these, and then the
    /// others.
    private var fallbacks: ArraySlice<MessageChannel> {
        guard message.sealedContent == nil else { return [] }
        switch state {
        case .failed: return message.fallbacks[...]
        case .uncertain: return message.category.fallsBackWhenUncertain ? message.fallbacks[...] : []
        case .dropped:
            guard let reason = reason.flatMap(SendDecision.Reason.init(rawValue:)) else { return [] }
            return message.fallbacks.drop { !reason.mayBeHelped(by: $0) }
        case .waiting, .sending, .sent, .delivered: return []
        }
    }

    func apply(in transaction: borrowing Transaction) {
        let tenant = transaction.tenant
        transaction.queue(
            Message.settle(
                message.id, as: state, reason, gatewayID: gatewayID, at: at, from: from, of: tenant))
        let id = ID<Message>.random(at: at), fallbacks = fallbacks
        guard let fallback = fallbacks.first else { return }
        transaction.queue(
            Message.insertFallback(
                of: message, id, channel: fallback, then: Array(fallbacks.dropFirst()), at: at, in: tenant))
        MessageQueue.enqueue(id, message.category, notBefore: nil, in: transaction)
    }
}
