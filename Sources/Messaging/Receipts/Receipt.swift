public import Vocabulary

/// What a gateway says became of a message.
public struct Receipt: Hashable, Sendable {
    /// What it can say. Reports of steps in between (queued, accepted) are not kept.
    public enum State: String, CaseIterable, Sendable {
        case sent, delivered, failed

        /// Whether a message in that state goes on to this one. It never goes back, whichever order receipts
        /// come in: what arrived has arrived, even where its failure was reported before.
        func follows(_ state: Message.State) -> Bool { predecessors.contains(state) }

        /// In which states a message can be found that goes on to this one.
        var predecessors: [Message.State] {
            switch self {
            case .sent: [.sending, .uncertain]
            case .failed: [.sending, .uncertain, .sent]
            case .delivered: [.sending, .uncertain, .sent, .failed]
            }
        }

        var messageState: Message.State {
            switch self {
            case .sent: .sent
            case .delivered: .delivered
            case .failed: .failed
            }
        }
    }

    /// No gateway's name for a message is longer.
    static let gatewayIDBytesMax = 120

    /// The gateway's name for the message.
    let gatewayID: String
    /// What became of it.
    let state: State
    /// Why it failed, in the gateway's code, which holds no person's words.
    let reason: String?

    /// Nil for a name that no gateway gives.
    init?(of gatewayID: String, _ state: State, because reason: String? = nil) {
        let isName =
            (1...Self.gatewayIDBytesMax).contains(gatewayID.utf8.count)
            && gatewayID.utf8.allSatisfy { $0 > 32 && $0 < 127 }
        guard isName else { return nil }
        (self.gatewayID, self.state) = (gatewayID, state)
        self.reason = reason.map { String($0.filter { $0.isASCII && !$0.isNewline }.prefix(60)) }
    }
}

/// All that one call of a gateway says.
public struct GatewayReport: Sendable, Equatable {
    /// More than any gateway says at once; what is beyond is told again by whoever gets no answer.
    static let most = 200

    /// What became of messages.
    var receipts: [Receipt] = []
    /// Who wrote to the clinic, and when.
    public internal(set) var inbound: [Inbound] = []

    /// Somebody wrote to the clinic: for a day its answers may be in free words.
    public struct Inbound: Sendable, Equatable {
        /// Their number, in E.164.
        public let address: String
        /// When.
        public let at: Instant
    }
}

/// A call of a gateway, as whoever proves it must see it.
public struct ReceiptCall: Sendable {
    let clinicAddress: String
    let body: [UInt8]
    let now: Instant
    private let field: @Sendable (String) -> String?

    /// `clinicAddress` is where the gateway believes to have called; `field` gives a header's value by its
    /// name in small letters.
    public init(
        to clinicAddress: String, _ body: [UInt8], at now: Instant,
        field: @escaping @Sendable (String) -> String?
    ) {
        (self.clinicAddress, self.body, self.now, self.field) = (clinicAddress, body, now, field)
    }

    subscript(_ name: String) -> String? { field(name) }
}

/// One kind of gateway, as it tells what became of messages.
public protocol ReceiptReader: Sendable {
    /// The word in rows and paths: `twilio`.
    static var name: String { get }

    /// What the call says; nil unless it proves, with the secret that the gateway and we share, to come from
    /// there.
    func read(_ call: ReceiptCall) -> GatewayReport?

    /// What is answered to whoever asks whether these receipts are wanted here; nil to whoever does not know
    /// the word for it.
    func challenge(_ word: String, _ challenge: String) -> String?
}

extension ReceiptReader {
    /// Most gateways do not ask.
    public func challenge(_ word: String, _ challenge: String) -> String? { nil }
}
