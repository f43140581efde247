public import Crypto
public import Database
public import Outgoing
import Tenancy
public import Vocabulary

/// Which gateway sends for which clinic: the clinic's own where it has one, the operator's otherwise, and in
/// development the inbox.
public struct MessageGateways: Sendable {
    /// What stands behind a channel.
    struct Route: Sendable {
        let driver: any MessageDriver
        let courier: Courier
        /// Which server the courier goes to, if to any.
        var server: String?
        let messagesPerDay: Int
    }

    private let operatorNamed: [MessageChannel: GatewayURL]
    private let usesInbox: Bool
    private let trusted: Courier
    private let guarded: Courier
    private let key: SealingKey
    /// Who may be answered by WhatsApp in words of the clinic's own.
    public let window: AnswerWindow

    /// The operator's gateways, and the couriers that ask them: `trusted` goes where the operator said,
    /// `guarded` where clinics did.
    public init(
        _ operatorNamed: [MessageChannel: GatewayURL], usesInbox: Bool, trusted: Courier, guarded: Courier,
        under secret: Secret
    ) {
        (self.operatorNamed, self.usesInbox) = (operatorNamed, usesInbox)
        (self.trusted, self.guarded) = (trusted, guarded)
        (key, window) = (secret.sealingKey(for: "message gateways"), AnswerWindow(under: secret))
    }

    /// Channels that reach somebody, the best one first.
    public func channels(for clinic: TenantDatabase) async throws -> [MessageChannel] {
        let own = Set(try await clinic.rows(Self.ownRows(of: clinic.tenant), as: OwnRow.self).map(\.channel))
        return [.whatsApp, .sms, .email].filter {
            own.contains($0) || operatorNamed[$0] != nil || (usesInbox && $0 != .whatsApp)
        }
    }

    /// Gives a clinic a gateway of its own, sealed so that the box opens for this clinic and channel alone.
    public func keep(
        _ text: String, for channel: MessageChannel, of clinic: TenantDatabase, by operator: String,
        at now: Instant
    ) async throws {
        guard let url = GatewayURL(text), url.driver(for: channel) != nil,
            !url.isPlain || guarded.addresses.allowsPlainText
        else {
            throw Refusal(
                "No gateway for \(channel.rawValue): "
                    + GatewayURL.schemes(of: channel).map { "\($0)://" }.joined(separator: ", "))
        }
        let box = key.seal(Array(text.utf8), context: Self.context(channel, clinic.tenant))
        try await clinic.write { rows in
            rows.queue(Self.keep(box, for: channel, of: rows.tenant))
            OperatorLine("gateways.set", by: `operator`, at: now).queue(in: rows)
        }
    }

    /// Takes a clinic's own gateway away; whether it had one.
    public func forget(
        _ channel: MessageChannel, of clinic: TenantDatabase, by operator: String, at now: Instant
    ) async throws -> Bool {
        try await clinic.write { rows in
            guard try await rows.run(Self.forget(channel, of: rows.tenant)) > 0 else { return false }
            OperatorLine("gateways.remove", by: `operator`, at: now).queue(in: rows)
            return true
        }
    }

    /// Who proves the receipts of a kind of gateway for a clinic; nil where it has none of that kind, or
    /// shares no secret with it.
    public func receiptReader(of kind: String, for clinic: TenantDatabase) async throws
        -> (any ReceiptReader)?
    {
        guard let channel = GatewayURL.channel(of: kind) else { return nil }
        let own = try await ownGateway(for: channel, of: clinic)
        let url = own.isKept ? own.url : operatorNamed[channel]
        return url?.kind == kind ? url?.receiptReader : nil
    }

    /// The clinic's own gateway; one that is kept and cannot be opened is none, and no other stands in for
    /// it.
    private func ownGateway(
        for channel: MessageChannel, of clinic: TenantDatabase
    ) async throws -> (isKept: Bool, url: GatewayURL?) {
        let rows: [OwnRow] = try await clinic.rows(Self.ownRows(of: clinic.tenant))
        guard let own = rows.first(where: { $0.channel == channel }) else { return (false, nil) }
        let text = key.open(own.box, context: Self.context(channel, clinic.tenant))
        return (true, text.flatMap { GatewayURL(String(decoding: $0, as: UTF8.self)) })
    }

    func route(for channel: MessageChannel, of clinic: TenantDatabase) async throws -> Route? {
        let own = try await ownGateway(for: channel, of: clinic)
        if own.isKept { return own.url.flatMap { Self.route($0, channel, guarded) } }
        if let url = operatorNamed[channel] { return Self.route(url, channel, trusted) }
        guard usesInbox else { return nil }
        return Route(
            driver: InboxDriver(clinic: clinic, channel: channel), courier: trusted, messagesPerDay: 100_000)
    }

    private static func route(_ url: GatewayURL, _ channel: MessageChannel, _ courier: Courier) -> Route? {
        url.driver(for: channel).map {
            Route(driver: $0, courier: courier, server: url.server, messagesPerDay: url.messagesPerDay)
        }
    }

    private static func context(_ channel: MessageChannel, _ tenant: TenantID) -> [UInt8] {
        Array("message gateway \(tenant.number) \(channel.rawValue)".utf8)
    }
}
