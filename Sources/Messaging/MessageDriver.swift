public import Outgoing
public import Vocabulary

/// Words on their way to a gateway.
public struct OutgoingMessage: Sendable {
    /// Names the message; a gateway that takes a token gets this one.
    public let id: ID<Message>
    /// A number in E.164, or a mail address.
    public let address: String
    /// What is said.
    public let words: MessageWords
    /// What stood in for the placeholders, in their order, for gateways that keep the sentences themselves.
    public let values: [String]
    /// The moment it is sent.
    public let now: Instant
    /// After this the gateway should not deliver it.
    public let expiresAt: Instant
    /// The beginning of the clinic's own URLs; nil where nobody outside knows them.
    public var clinicAddress: String?
    /// Where one click ends such messages.
    public var unsubscribe: String?
}

/// What a gateway made of a message.
public enum DriverAnswer: Sendable, Equatable {
    /// It took the message; by this name it tells of it later.
    case sent(String)
    /// Not now; when it says how long, that long.
    case later(Duration?)
    /// Never: in the gateway's own code, which holds no person's words.
    case refused(String)
    /// Nobody knows.
    case uncertain
}

/// What is done when a gateway said nothing, by what it can promise.
public enum Doubt: Sendable {
    /// It sends a message of the same id once, however often it is asked.
    case askAgain
    /// It can be asked what it sent.
    case lookUp
    /// Neither: the message stays uncertain, and is never sent again.
    case leave
}

/// One kind of gateway, as it wants to be asked.
public protocol MessageDriver: Sendable {
    /// The word in rows and metrics: `twilio`.
    static var name: String { get }
    /// What is done when nobody knows whether it sent.
    static var doubt: Doubt { get }

    /// Sends, and says what came of it. Never throws but for cancellation.
    func send(_ message: OutgoingMessage, with courier: Courier) async throws -> DriverAnswer

    /// What the gateway has taken since a moment that says the same to the same person, where it can be
    /// asked: its names for it. Nil when it does not say. Never throws but for cancellation.
    func find(
        _ message: OutgoingMessage, since moment: Instant, with courier: Courier
    ) async throws -> [String]?
}

extension MessageDriver {
    /// Most gateways cannot be asked.
    public func find(
        _ message: OutgoingMessage, since moment: Instant, with courier: Courier
    ) async throws -> [String]? { nil }
}

/// A gateway that is asked over HTTP: its shape is two pure functions.
protocol HTTPMessageDriver: MessageDriver {
    func request(for message: OutgoingMessage) -> OutgoingRequest
    /// An answer with a code from 200 to 299.
    func taken(_ answer: OutgoingAnswer) -> DriverAnswer
    /// The gateway's code for a no that stays one.
    func refusal(_ answer: OutgoingAnswer) -> String
}

extension HTTPMessageDriver {
    /// One question, one answer.
    public func send(_ message: OutgoingMessage, with courier: Courier) async throws -> DriverAnswer {
        var request = request(for: message)
        // A gateway that hangs until the message is worth nothing must not take it after all.
        request.limits.total = min(request.limits.total, message.expiresAt - message.now)
        do {
            return judge(try await courier.answer(to: request))
        } catch let fault as OutgoingFault {
            return fault.answer
        }
    }

    func refusal(_ answer: OutgoingAnswer) -> String { "http-\(answer.status)" }

    /// 429 and 503 say when; 502 and 504 are a proxy's words for "I do not know".
    func judge(_ answer: OutgoingAnswer) -> DriverAnswer {
        switch answer.status {
        case 200...299: taken(answer)
        case 502, 504: .uncertain
        case 408, 425, 429, 500...:
            .later(answer["retry-after"].flatMap { Int($0) }.map { .seconds(min($0, 3600)) })
        default: .refused(refusal(answer))
        }
    }
}

extension OutgoingFault {
    /// An address that must not be asked will not become another by waiting.
    var answer: DriverAnswer {
        switch kind {
        case .badAddress, .refusedAddress: .refused("bad-address")
        default: mayHaveArrived ? .uncertain : .later(nil)
        }
    }
}
